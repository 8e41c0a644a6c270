extension ErrorCatalog {
  /// What can go wrong with values while a program runs.
  static let valueEntries: [Entry] = [
    Entry(
      "type-mismatch",
      "A function or an operator got a value of a type that it does not take. Types are not converted silently: a bool is no int, "
        + "and a string joins only with a string. An int serves where a float is wanted.",
      wrong: "print(sqrt(\"2\"))", right: "print(sqrt(float(\"2\")))"),
    Entry(
      "not-callable", "What stands before `(...)` is not a function, a type, or an instance with `call`.",
      wrong: "let x = 3\nprint(x(2))", right: "let x = 3\nprint(x * 2)"),
    Entry(
      "invalid-argument", "An argument has the right type, but its value does not do: a negative count, an empty separator, a step of zero.",
      wrong: "print(\"abc\".split(\"\"))", right: "print(\"abc\".chars())"),
    Entry(
      "invalid-conversion",
      "`int`, `float` and `bool` read the texts that a program would write for such a value, and no others. An int has no NaN, no "
        + "infinity, and 64 bits.",
      wrong: "print(int(\"12 apples\"))", right: "print(int(\"12\"))"),
    Entry(
      "empty-sequence", "The function picks or joins elements, and there are none.", wrong: "print(max([]))",
      right: "let xs = []\nif len(xs) > 0 { print(max(xs)) }"),
    Entry(
      "value-not-found", "`index_of` and `remove` look for a value that must be there. `value in xs` asks first.",
      wrong: "print([1, 2].index_of(3))", right: "print(3 in [1, 2])"),
    Entry(
      "index-out-of-range",
      "A single index is at least 0 and less than the length, or negative and counted from the end. Slices, `x[a:b]`, are cut to what "
        + "there is instead.",
      wrong: "let xs = [1, 2]\nprint(xs[2])", right: "let xs = [1, 2]\nprint(xs[-1])"),
    Entry(
      "key-not-found",
      "Reading a key that a map lacks is an error, never a silent nil. `m.get(key, default)` reads with a default, `m.has(key)` asks.",
      wrong: "let m = {lr: 0.1}\nprint(m.beta)", right: "let m = {lr: 0.1}\nprint(m.get(\"beta\", 0.9))"),
    Entry(
      "end-of-input", "`input` asked for a line, and the input has ended.", wrong: "print(input())",
      right: "try { print(input()) } catch e { print(\"no input\") }"),
  ]
}
