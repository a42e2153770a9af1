#!/bin/sh
# What the browser tests need from the system: Chromium, Chinese fonts, poppler's tools to look into PDFs, and the
# one library that the browser's driver takes from the system.
# Installs what is missing where the user may; otherwise says exactly what to install, and fails.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=zh-cn 2>/dev/null | head -n 1)" ]; then
  missing="$missing fonts-noto-cjk"
fi
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -n "$(find /lib /lib64 /usr/lib /usr/lib64 -name libatomic.so.1 2>/dev/null | head -n 1)" ] || missing="$missing libatomic1"
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then
    apt="apt-get"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    apt="sudo -n apt-get"
  else
    apt=""
  fi
  if [ -n "$apt" ]; then
    echo "安装：$missing"
    export DEBIAN_FRONTEND=noninteractive
    $apt update -qq
    # shellcheck disable=SC2086
    $apt install -y -qq $missing >/dev/null
    exit 0
  fi
fi
echo "浏览器测试还缺：$missing" >&2
echo "请安装（Debian/Ubuntu）：sudo apt-get install$missing" >&2
exit 1
