"""Writes the long tables of Tests/Conformance: each program, and what Python says it must print.

- expressions/operators: every operator with every pair of kinds of values. The rules are the language page's, stated
  in `expected` below; numbers follow Python's, whose int and float arithmetic the page describes.
- expressions/formats: formats of interpolations, which are Python's.
- library/floats: floats as the shortest text that reads back, which is Python's repr.
- library/slices: slices with every sign of bounds and steps, which are Python's.
- library/integers: floor division, remainder and powers of ints at their edges, with overflow beyond 64 bits.

Run: python3 Tests/Peers/conformance.py
"""
import itertools
import math
import pathlib
import random

FOLDER = pathlib.Path(__file__).parent.parent / "Conformance"


def write(name, program, output):
    (FOLDER / f"{name}.limn").write_text("\n".join(program) + "\n", encoding="utf-8")
    (FOLDER / f"{name}.out").write_text("\n".join(output) + "\n", encoding="utf-8")


# Text as the page prints it.


def show_float(x):
    return "nan" if math.isnan(x) else repr(x)


def show(value):
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return show_float(value)
    if isinstance(value, str):
        return '"' + value + '"'
    if isinstance(value, list):
        return "[" + ", ".join(show(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {show(v)}" for k, v in value.items()) + "}"
    return str(value)


# Operators.


class Range:
    def __init__(self, lower, upper):
        self.items = list(range(lower, upper))
        self.text = f"{lower}..<{upper}"

    def __str__(self):
        return self.text


class Function:
    pass


VALUES = [
    ("nil", None), ("true", True), ("false", False), ("7", 7), ("-2", -2), ("0", 0), ("2.5", 2.5), ("-2.0", -2.0),
    ('"ab"', "ab"), ('"b"', "b"), ("[1, 2]", [1, 2]), ("[]", []), ("{a: 1}", {"a": 1}), ("0..<3", Range(0, 3)),
    ("len", Function()),
]
OPERATORS = ["+", "-", "*", "/", "//", "%", "@", "**", "&", "|", "^", "==", "!=", "<", "<=", ">", ">=", "in", "and", "or", "..<"]


class Fault(Exception):
    pass


def is_int(x):
    return isinstance(x, int) and not isinstance(x, bool)


def is_number(x):
    return is_int(x) or isinstance(x, float)


def equal(a, b):
    """Deep; a bool is not an int, an int is equal to the float of its value."""
    if is_number(a) and is_number(b):
        return a == b
    if type(a) is not type(b):
        return False
    if isinstance(a, list):
        return len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(equal(a[k], b[k]) for k in a)
    if isinstance(a, Range):
        return a.items == b.items
    return a is b if isinstance(a, Function) else a == b


def divide(a, b):
    """IEEE division."""
    a, b = float(a), float(b)
    if b == 0:
        sign = math.copysign(1, a) * math.copysign(1, b)
        return math.nan if a == 0 else sign * math.inf
    return a / b


def power(a, b):
    if is_int(a) and is_int(b) and b >= 0:
        return a ** b
    try:
        result = float(a) ** float(b)
        return math.nan if isinstance(result, complex) else result
    except ZeroDivisionError:
        return math.inf


def expected(op, a, b):
    """What the page says of `a op b`."""
    if op in ("and", "or"):
        for side in (a, b):
            if not isinstance(side, bool):
                raise Fault("not-a-bool")
            if side == (op == "or"):
                return side
        return b
    if op == "==":
        return equal(a, b)
    if op == "!=":
        return not equal(a, b)
    if op == "in":
        if isinstance(b, str):
            if not isinstance(a, str):
                raise Fault("type-mismatch")
            return a in b
        if isinstance(b, list):
            return any(equal(a, x) for x in b)
        if isinstance(b, Range):
            return any(equal(a, x) for x in b.items)
        if isinstance(b, dict):
            return isinstance(a, str) and a in b
        raise Fault("not-iterable")
    if op == "..<":
        if is_int(a) and is_int(b):
            return Range(a, b)
        raise Fault("type-mismatch")
    if is_number(a) and is_number(b):
        if op in ("<", "<=", ">", ">="):
            return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]
        if op in ("+", "-", "*"):
            return {"+": a + b, "-": a - b, "*": a * b}[op]
        if op == "/":
            return divide(a, b)
        if op == "**":
            return power(a, b)
        if op in ("//", "%"):
            if b == 0 and is_int(a) and is_int(b):
                raise Fault("division-by-zero")
            if b == 0:
                return math.nan if op == "%" else divide(a, b)
            return a // b if op == "//" else a % b
        if op in ("&", "|", "^") and is_int(a) and is_int(b):
            return {"&": a & b, "|": a | b, "^": a ^ b}[op]
    if isinstance(a, bool) and isinstance(b, bool) and op in ("&", "|", "^"):
        return {"&": a & b, "|": a | b, "^": a ^ b}[op]
    if isinstance(a, str) and isinstance(b, str):
        if op == "+":
            return a + b
        if op in ("<", "<=", ">", ">="):
            return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]
    if op == "+" and isinstance(a, list) and isinstance(b, list):
        return a + b
    if op == "*" and (isinstance(a, list) and is_int(b) or is_int(a) and isinstance(b, list)):
        return a * b
    raise Fault("type-mismatch")


def operand(text):
    """In parentheses where it would not be one operand."""
    return f"({text})" if text.startswith("-") or ".." in text else text


def operators():
    program = [
        "# Every operator with every pair of kinds of values; Tests/Peers/conformance.py has the rules.",
        "fn outcome(f) { try { repr(f()) } catch e { e.kind } }",
    ]
    output = []
    for op in OPERATORS:
        for left, a in VALUES:
            texts = []
            for _, b in VALUES:
                try:
                    texts.append(show(expected(op, a, b)))
                except Fault as fault:
                    texts.append(str(fault))
            calls = ", ".join(f"outcome(() => {operand(left)} {op} {operand(right)})" for right, _ in VALUES)
            program.append(f"print({calls})")
            output.append(" ".join(texts))
    write("expressions/operators", program, output)


# Formats.


def formats():
    rng = random.Random(20)
    program, output = ["# Formats as Python's; Tests/Peers/conformance.py wrote this."], []

    def case(literal, value, spec):
        program.append(f'print("[\\({literal}:{spec})]")')
        output.append("[" + format(value, spec) + "]")

    ints = [0, 1, -1, 42, -42, 255, 123456, -9223372036854775808, 9223372036854775807]
    floats = [0.0, -0.0, 1.0, -1.5, 0.1, 123456.789, 1e-7, 1e20, -2.5e-10, 0.5, 2.5, 999999.5, 0.0001, 1e16, 3.14159]
    for value in ints:
        for spec in ["d", "5d", "<6d", ">6d", "^7d", "08d", "x", "6x", "08x", "12d", "f", ".2f", "e", "g", ".1%"]:
            case(f"{value}" if value >= 0 else f"({value})", value, spec)
    for value in floats:
        for spec in [
            "f", ".0f", ".1f", ".3f", "10.2f", "<10.2f", "^11.2f", "010.2f", "e", ".0e", ".3e", "14.2e", "g", ".3g",
            ".10g", "%", ".0%", ".2%", "9.1%", ".12f", ".17g",
        ]:
            case(f"({value!r})" if math.copysign(1, value) < 0 else repr(value), value, spec)
    for value in [math.inf, -math.inf, math.nan]:
        literal = {"inf": "inf", "-inf": "(-inf)", "nan": "nan"}[repr(value)]
        for spec in ["f", ".2f", "8.1f", "<8e", "g", "^9g"]:
            case(literal, value, spec)
    for value in ["", "a", "hello", "é", "日本"]:
        for spec in ["5", "<5", ">5", "^6", ".2", "6.3", "^7.1"]:
            case(f'"{value}"', value, spec)
    for _ in range(120):
        value = rng.uniform(-1, 1) * 10 ** rng.randint(-12, 18)
        align, zero = rng.choice(["", "<", ">", "^"]), rng.choice(["", "0"])
        spec = f"{align}{zero if not align else ''}{rng.randint(1, 24)}.{rng.randint(0, 12)}{rng.choice('feg%')}"
        case(f"({value!r})", value, spec)
    write("expressions/formats", program, output)


# Floats.


def floats():
    rng = random.Random(21)
    values = [
        0.1, 1.0, 100.0, 1e15, 1e16, 123456789012345.6, 1234567890123456.7, 1e-4, 1e-5, 0.00012345, 5e-324,
        1.7976931348623157e308, 2.2250738585072014e-308, 1 / 3, 2 / 3, 1e22, 1e23, 9007199254740993.0, 4.35, 0.3,
        2.675, 1e100, 1.5e-7, 65504.0, 16777216.0, 3e8, 6.02214076e23, 1.602176634e-19, 0.5, 8.0, 1e21, 123e-20,
    ]
    for _ in range(400):
        values.append(rng.uniform(-1, 1) * 10 ** rng.randint(-25, 25))
    for _ in range(100):
        values.append(float(rng.randint(-10**17, 10**17)))
    for _ in range(100):
        values.append(round(rng.uniform(-1000, 1000), rng.randint(0, 6)))
    program, output = ["# Floats as Python's repr prints them; Tests/Peers/conformance.py wrote this."], []
    for start in range(0, len(values), 6):
        row = values[start:start + 6]
        # Seventeen digits mean the same float in every language, and are hardly ever the shortest.
        program.append("print(" + ", ".join("%.17e" % value for value in row).replace("e+", "e") + ")")
        output.append(" ".join(repr(value) for value in row))
    write("library/floats", program, output)


# Slices.


def slices():
    program = ["# Slices as Python's; Tests/Peers/conformance.py wrote this.", "let x = [0, 1, 2, 3, 4]", 'let s = "abcde"']
    output = []
    x, s = [0, 1, 2, 3, 4], "abcde"
    bounds = [None, -7, -5, -2, 0, 1, 3, 5, 9]
    for step in [None, 1, 2, 3, 7, -1, -2, -7]:
        for lower in bounds:
            texts, calls = [], []
            for upper in bounds:
                part = f"{'' if lower is None else lower}:{'' if upper is None else upper}"
                part += "" if step is None else f":{step}"
                calls.append(f"x[{part}], repr(s[{part}])")
                texts.append(f"{show(x[lower:upper:step])} {show(s[lower:upper:step])}")
            program.append(f"print({', '.join(calls)})")
            output.append(" ".join(texts))
    write("library/slices", program, output)


# Integers.


def integers():
    edges = [0, 1, -1, 2, -2, 3, 7, -7, 10, 63, 64, 2**31, 2**32 + 1, 3037000499, 3037000500, 2**62, 2**63 - 1, -(2**63), -(2**63) + 1]
    program = [
        "# Ints at their edges; Tests/Peers/conformance.py wrote this.",
        "fn outcome(f) { try { f() } catch e { e.kind } }",
    ]
    output = []
    for op in ["+", "-", "*", "//", "%", "**", "&", "|", "^"]:
        for a in edges:
            texts, calls = [], []
            for b in edges:
                if op == "**" and (b < 0 or b > 64 and abs(a) > 1):
                    continue
                calls.append(f"outcome(() => ({a}) {op} ({b}))")
                if b == 0 and op in ("//", "%"):
                    texts.append("division-by-zero")
                    continue
                result = {
                    "+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "//": lambda: a // b,
                    "%": lambda: a % b, "**": lambda: a ** (b if abs(a) > 1 else b % 2 + 2 * (b > 0)),
                    "&": lambda: a & b, "|": lambda: a | b, "^": lambda: a ^ b,
                }[op]()
                texts.append(str(result) if -(2**63) <= result < 2**63 else "integer-overflow")
            program.append(f"print({', '.join(calls)})")
            output.append(" ".join(texts))
    write("library/integers", program, output)


for table in [operators, formats, floats, slices, integers]:
    table()
