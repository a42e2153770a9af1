"""Telephone numbers: what is dialled when one is tapped."""


def dial(number: str) -> str:
    """What a telephone dials: leading digits and hyphens."""
    digits = "".join(sign for sign in number.split("（")[0] if sign.isdigit() or sign == "+")
    return f"tel:{digits}" if digits else ""
