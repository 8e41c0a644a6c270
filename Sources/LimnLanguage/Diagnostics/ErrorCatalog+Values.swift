extension ErrorCatalog {
  /// What can go wrong with values while a program runs.
  static let valueEntries: [Entry] = [
    Entry(
      "type-mismatch",
      """
      A function or an operator got a value of a type that it does not take. Types are not converted silently: a \
      bool is no int, and a string joins only with a string. An int serves where a float is wanted.
      """,
      wrong: "print(sqrt(\"2\"))", right: "print(sqrt(float(\"2\")))"),
    Entry(
      "not-callable", "What stands before `(...)` is not a function, a type, or an instance with `call`.",
      wrong: "let x = 3\nprint(x(2))", right: "let x = 3\nprint(x * 2)"),
    Entry(
      "invalid-argument",
      """
      An argument has the right type, but its value does not do: a negative count, an empty separator, a step of \
      zero.
      """,
      wrong: "print(\"abc\".split(\"\"))", right: "print(\"abc\".chars())"),
    Entry(
      "invalid-conversion",
      """
      `int`, `float` and `bool` read the texts that a program would write for such a value, and no others. An int \
      has no NaN, no infinity, and 64 bits.
      """,
      wrong: "print(int(\"12 apples\"))", right: "print(int(\"12\"))"),
    Entry(
      "empty-sequence", "The function picks or joins elements, and there are none.", wrong: "print(max([]))",
      right: "let xs = []\nif len(xs) > 0 { print(max(xs)) }"),
    Entry(
      "value-not-found", "`index_of` and `remove` look for a value that must be there. `value in xs` asks first.",
      wrong: "print([1, 2].index_of(3))", right: "print(3 in [1, 2])"),
    Entry(
      "index-out-of-range",
      """
      A single index is at least 0 and less than the length, or negative and counted from the end. Slices, `x[a:b]`, \
      are cut to what there is instead.
      """,
      wrong: "let xs = [1, 2]\nprint(xs[2])", right: "let xs = [1, 2]\nprint(xs[-1])"),
    Entry(
      "missing-key",
      """
      Reading a key that a map lacks is an error, never a silent nil. `m.get(key, default)` reads with a default, \
      `m.has(key)` asks.
      """,
      wrong: "let m = {lr: 0.1}\nprint(m.beta)", right: "let m = {lr: 0.1}\nprint(m.get(\"beta\", 0.9))"),
    Entry(
      "end-of-input", "`input` asked for a line, and the input has ended.", wrong: "print(input())",
      right: "try { print(input()) } catch e { print(\"no input\") }"),
    Entry(
      "not-a-bool",
      """
      A condition, an operand of `and`, `or` and `not`, and what a predicate gives must be true or false. Numbers, \
      texts and nil are not conditions: they are compared.
      """,
      wrong: "let n = 3\nif n { print(n) }", right: "let n = 3\nif n != 0 { print(n) }"),
    Entry(
      "too-large",
      """
      A result would take more memory than a program can use at once: a list, a string and a map have at most a \
      hundred million parts, and a program's text 32 million bytes.
      """,
      wrong: "print(len(list(0..<10_000_000_000)))",
      right: "print(len(0..<10_000_000_000))"),
    Entry(
      "integer-overflow",
      "An int has 64 bits, and a result beyond that is an error, never a wrapped one; so is one that a tensor's integer "
        + "type cannot hold. Floats reach further.",
      wrong: "print(10 ** 30)", right: "print(10.0 ** 30)"),
    Entry(
      "division-by-zero",
      "`//` and `%` by an int zero have no result. Division of floats follows IEEE: `1 / 0` is `inf`.",
      wrong: "print(7 // 0)", right: "print(7 / 0)"),
    Entry(
      "destructuring", "Several names take a list apart that has as many values. `_` discards one.",
      wrong: "let a, b = [1, 2, 3]", right: "let a, b, _ = [1, 2, 3]"),
    Entry(
      "not-iterable",
      "`for` goes through a list, a range, a map's keys, a string's characters, or an instance with `iterate`.",
      wrong: "for i in 3 { print(i) }", right: "for i in 0..<3 { print(i) }"),
    Entry(
      "changed-during-iteration",
      """
      A list must not gain or lose elements, nor a map keys, while a loop goes through it; nor must a list change \
      while it is sorted. To set an element, or the value of a key that is there, is no such change.
      """,
      wrong: "let m = {a: 1}\nfor k in m { m.remove(k) }", right: "let m = {a: 1}\nfor k in m.keys() { m.remove(k) }"),
    Entry(
      "no-length", "`len` wants a list, a map, a string, a range, or an instance with `length`.",
      wrong: "print(len(3))", right: "print(len([3]))"),
    Entry(
      "not-subscriptable", "`x[i]` reads from a list, a map, a string, a range, or an instance with `index`.",
      wrong: "let n = 3\nprint(n[0])",
      right: "let n = [3]\nprint(n[0])"),
    Entry(
      "invalid-subscript",
      "Lists and strings take one index or one slice, whose step is not zero; only tensors take several.",
      wrong: "let x = [[1, 2]]\nprint(x[0, 1])", right: "let x = [[1, 2]]\nprint(x[0][1])"),
    Entry(
      "immutable-value", "A string does not change: functions such as `replace` make a new one.",
      wrong: "var s = \"cat\"\ns[0] = \"b\"",
      right: "var s = \"cat\"\ns = s.replace(\"c\", \"b\")"),
    Entry(
      "immutable-field",
      "A field that was declared with `let` keeps its value; one declared with `var`, or a parameter, may change.",
      wrong: "type Counter() { let count = 0 }\nlet c = Counter()\nc.count = 1",
      right: "type Counter() { var count = 0 }\nlet c = Counter()\nc.count = 1"),
    Entry(
      "unknown-member", "`x.name` looks at fields, then at methods, then at built-in functions of the value's type.",
      wrong: "let xs = [1]\nxs.push(2)", right: "let xs = [1]\nxs.append(2)"),
    Entry(
      "missing-argument", "A parameter without a default must be given.",
      wrong: "fn scale(x, by) { x * by }\nprint(scale(2))",
      right: "fn scale(x, by) { x * by }\nprint(scale(2, 3))"),
    Entry(
      "too-many-arguments", "A call gave more positions than the function has parameters.",
      wrong: "fn double(x) { x * 2 }\nprint(double(1, 2))",
      right: "fn double(x) { x * 2 }\nprint(double(1))"),
    Entry(
      "unknown-argument", "A call named an argument that the function lacks; the note shows the function's signature.",
      wrong: "print(sorted([1, 2], descend: true))", right: "print(sorted([1, 2], descending: true))"),
    Entry(
      "assertion-failed", "`assert` checks what must hold; where two values were compared, both are shown.",
      wrong: "assert 1 + 1 == 3", right: "assert 1 + 1 == 2"),
    Entry(
      "stack-overflow", "Calls were nested beyond what the machine holds: mostly a recursion that does not end.",
      wrong: "fn f(n) { f(n + 1) + 1 }\nprint(f(0))",
      right: "fn f(n) { if n == 0 { 0 } else { f(n - 1) + 1 } }\nprint(f(100))"),
    Entry(
      "error", "The kind of an error that a program throws without naming a kind.", wrong: "throw error(\"no data\")",
      right: "try { throw error(\"no data\") } catch e { print(e.message) }"),
  ]

  /// What no program of one unit shows: it takes a second module, a clock, or a hand on the keyboard.
  static let outsideEntries: [Entry] = [
    Entry(
      "import-cycle",
      "Modules that import each other would each have to run before the other. What both need belongs into a third.",
      wrong: "import a   # where a.limn says: import b, and b.limn: import a", right: "import shared"),
    Entry(
      "deadline-exceeded", "The cell's `timeout`, or the run's `--timeout`, was over before it ended.",
      wrong: "#| timeout: 1\nwhile true { }", right: "#| timeout: 600\nprint(\"done\")"),
    Entry(
      "steps-exceeded",
      """
      The program that runs this one lets it take so many turns of loops and calls of functions, and it took more. \
      Nothing that it does can catch that.
      """, wrong: "while true { }   # where steps are limited", right: "for i in 0..<10 { }"),
    Entry(
      "memory-exceeded",
      """
      The program that runs this one lets its values take so much memory, and they took more. Nothing that it does can \
      catch that.
      """, wrong: "let xs = []\nwhile true { xs.append(\"x\".repeat(1000)) }   # where memory is limited",
      right: "let xs = []\nfor i in 0..<10 { xs.append(i) }"),
    Entry(
      "interrupted",
      "Control-C, or an interrupt from the notebook's front end, stopped the run. All that was done stands.",
      wrong: "while true { }   # and Control-C", right: "for i in 0..<10 { }"),
    Entry(
      "too-complex",
      """
      One function or one top level has more names, constants or code than the machine's instructions can address. \
      Split it.
      """,
      wrong: "# a function with tens of thousands of local names", right: "# several functions"),
    Entry(
      "cannot-format",
      """
      `limn fmt` reads what it has written once more, and compares. Where the meaning would differ it writes nothing: \
      such a text is a fault of the formatter, and worth a report.
      """,
      wrong: "", right: ""),
  ]
}
