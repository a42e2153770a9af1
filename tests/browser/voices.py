"""A device that pretends to speak: it notes what it is told to say, and says it when the test lets it."""

from __future__ import annotations

from browser.watch import Reader

_VOICE = """(voices, late) => {
    window.spoken = [];
    let listener = null, ready = !late, current = null;
    const speech = {
        getVoices: () => ready ? voices : [],
        addEventListener: (name, act) => { listener = act; },
        removeEventListener: () => { listener = null; },
        speak: said => { window.spoken.push(said.text); current = said; },
        cancel: () => { const old = current; current = null; if (old && old.onerror) old.onerror({error: 'canceled'}); },
    };
    window.finish = () => { const old = current; current = null; old.onend(); };
    window.fail = () => { current.onerror({error: 'synthesis-failed'}); };
    window.bringVoices = () => { ready = true; listener(); };
    Object.defineProperty(window, 'speechSynthesis', {value: speech});
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""
LOCAL = "[{lang: 'en-US', localService: true}, {lang: 'zh-CN', localService: true}]"
FAR = "[{lang: 'zh-CN', localService: false}]"


def voices(among: str, late: str = "false") -> str:
    """A script that gives the page these voices; `late`: only after `bringVoices()`."""
    return f"({_VOICE})({among}, {late})"


def spoken(one: Reader) -> list[str]:
    """What has been said so far."""
    said: list[str] = one.page.evaluate("window.spoken")
    return [text.strip() for text in said]
