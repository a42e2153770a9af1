/* A form or a letter as a DOCX in the layout of an official paper: A4, 22 lines a page, 28 characters a line, 仿宋 16 pt.
   Loaded after the library `docx`, only when a reader asks for a DOCX. */
window.portal.formDocx = function (blocks, title, colon) {
  "use strict";
  var docx = window.docx;
  // LibreOffice halves the lines of a grid of lines and characters: so lines only, an exact pitch, and a little less
  // space between characters instead. Twentieths of a point.
  var PITCH = 579, CHARACTER = 320, RIGHT = 8845;
  var LINE = { line: PITCH, lineRule: "exact", before: 0, after: 0 };

  function font(name) { return { ascii: name, hAnsi: name, eastAsia: name, cs: name }; }

  function run(text, settings) {
    return new docx.TextRun(Object.assign({ text: text, font: font("仿宋"), size: 32, characterSpacing: -5 }, settings));
  }

  function paragraph(children, settings) {
    return new docx.Paragraph(Object.assign({ spacing: LINE, children: children }, settings));
  }

  /** A line to write on, from here to the right edge. */
  function rule(children) {
    var stop = { type: "right", position: RIGHT, leader: "underscore" };
    return paragraph(children.concat(run("\t")), { tabStops: [stop] });
  }

  function body(text) {
    return text.split("\n").map(function (line) { return paragraph([run(line.trim())], { indent: { firstLine: 2 * CHARACTER } }); });
  }

  var make = {
    title: function (block) {
      return [paragraph([run(block.text, { font: font("方正小标宋简体"), size: 44, bold: true })],
        { alignment: "center", heading: "Title", spacing: Object.assign({}, LINE, { after: PITCH }), keepNext: true })];
    },
    heading: function (block) {
      return [paragraph([run(block.text, { font: font("黑体") })], { heading: "Heading1", keepNext: true })];
    },
    text: function (block) { return body(block.text); },
    field: function (block) {
      var label = run(block.label + colon);
      if (block.options) return [paragraph([label, run(block.options)])];
      var many = block.lines > 1 || block.text.indexOf("\n") >= 0;
      if (block.text) return many ? [paragraph([label], { keepNext: true })].concat(body(block.text)) : [paragraph([label, run(block.text)])];
      var empty = [rule([label])];
      for (var i = 1; i < block.lines; i += 1) empty.push(rule([]));
      return empty;
    },
    sign: function (block) { return [rule([run(block.label + colon)])]; },
    to: function (block) { return [paragraph([run(block.text + colon)])]; },
    item: function (block) { return [paragraph([run(block.text)], { indent: { left: 2 * CHARACTER } })]; },
    right: function (block) {
      var spacing = Object.assign({}, LINE, { before: block.apart ? 2 * PITCH : 0 });
      return [paragraph([run(block.text)], { alignment: "right", indent: { right: 2 * CHARACTER }, keepNext: block.apart, spacing: spacing })];
    }
  };

  /** The fonts are not free: where one is missing the free one named beside it is taken. */
  function fontTable() {
    var other = { "仿宋": "Noto Serif CJK SC", "方正小标宋简体": "Noto Serif CJK SC", "黑体": "Noto Sans CJK SC" };
    var rows = Object.keys(other).map(function (name) {
      return '<w:font w:name="' + name + '"><w:altName w:val="' + other[name] + '"/><w:charset w:val="86"/></w:font>';
    });
    return '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
      rows.join("") + "</w:fonts>";
  }

  var children = [];
  blocks.forEach(function (block) { children.push.apply(children, make[block.is](block)); });
  var file = new docx.Document({
    title: title,
    creator: "",
    lastModifiedBy: "",
    styles: { default: {
      document: { run: { font: font("仿宋"), size: 32, language: { value: "zh-CN", eastAsia: "zh-CN" } } },
      title: { run: { color: "000000" } },
      heading1: { run: { color: "000000", size: 32, bold: false } }
    } },
    sections: [{
      properties: {
        grid: { type: "lines", linePitch: PITCH },
        page: { size: { width: 11906, height: 16838 }, margin: { top: 2098, bottom: 1984, left: 1587, right: 1474 } }
      },
      footers: { default: new docx.Footer({ children: [new docx.Paragraph({
        alignment: "center", children: [new docx.TextRun({ children: ["— ", docx.PageNumber.CURRENT, " —"], size: 28, font: font("宋体") })]
      })] }) },
      children: children
    }]
  });
  return docx.Packer.toBlob(file, undefined, [{ path: "word/fontTable.xml", data: fontTable() }]);
};
