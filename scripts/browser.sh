#!/bin/sh
# What the browser tests need from the system: Chromium, Chinese fonts, poppler's tools to look into PDFs, and the
# one library that the browser's driver takes from the system.
# Installs what is missing where the user may; otherwise says exactly what to install, and fails.
# Chromium without its window (chromium-headless-shell) is taken where the system offers it: the same engine opens a
# page in half the time. The full chromium does as well.
set -eu

apt=""
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then
    apt="apt-get"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    apt="sudo -n apt-get"
  fi
fi

missing=""
if ! command -v chromium-headless-shell >/dev/null 2>&1; then
  if [ -n "$apt" ] || ! command -v chromium >/dev/null 2>&1; then
    missing="$missing chromium-headless-shell"
  fi
fi
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=zh-cn 2>/dev/null | head -n 1)" ]; then
  missing="$missing fonts-noto-cjk"
fi
command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
[ -n "$(find /lib /lib64 /usr/lib /usr/lib64 -name libatomic.so.1 2>/dev/null | head -n 1)" ] || missing="$missing libatomic1"
[ -n "$missing" ] || exit 0

if [ -z "$apt" ]; then
  echo "浏览器测试还缺：$missing" >&2
  echo "请安装（Debian/Ubuntu）：sudo apt-get install$missing（没有 chromium-headless-shell 这个包的，装 chromium）" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$apt update -qq
if ! apt-cache show chromium-headless-shell >/dev/null 2>&1; then
  other=chromium
  if command -v chromium >/dev/null 2>&1; then other=""; fi
  missing=$(echo "$missing" | sed "s/chromium-headless-shell/$other/")
fi
[ -n "$(echo "$missing" | tr -d ' ')" ] || exit 0
echo "安装：$missing"
# shellcheck disable=SC2086
$apt install -y -qq $missing >/dev/null
