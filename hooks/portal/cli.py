"""The command line (being built)."""
import sys
from datetime import date
from pathlib import Path
from portal.build import load_checked

def main() -> int:
    checked = load_checked(Path("."), date.today())
    for p in checked.problems:
        print(f"{p.place}: {p.code}: {p.message}。{p.hint}")
    print(len(checked.problems), "problems")
    return 1 if checked.problems else 0

if __name__ == "__main__":
    sys.exit(main())
