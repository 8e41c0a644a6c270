/// What generated programs are made of.
enum Vocabulary {
  static let words =
    ["let", "var", "fn", "type", "if", "else", "for", "in", "while", "break", "continue", "return", "try", "catch",
      "throw", "assert", "import", "from", "as", "test", "and", "or", "not", "nil", "true", "false", "self", "a", "b", "x",
      "xs", "m", "f", "_", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "=", "=>", "|>", ">>", "\n", "\"s\"",
    ] + operators + numbers + functions

  /// Parts of words, and what no program holds.
  static let pieces = [
    "\"", "\"\"\"", "\\(", "\\", "'", "`", "$", "#", "##", "0x", "1.", "1e", ".5", "...", "..<", "é", "🎨", "👩‍🚀",
    "\u{301}", "\0", "\t", "\r\n", "\u{A0}", "\u{FEFF}", "&&", "||", "+=", "++", "->", "::", "?", "!", "“", "…",
    "\\u{110000}", "\\q", "(((((((((", "[[[[[[[[", "{{{{{", "))))", "(a, b) =>", "fn(", "0_", "1__0",
  ]

  static let numbers = [
    "0", "1", "-1", "2", "3", "7", "-5", "100", "255", "0.0", "0.5", "-2.5", "1e308", "1e-300", "inf", "nan",
    "9223372036854775807", "(-9223372036854775807 - 1)", "300", "1000", "1000000000000",
  ]

  static let literals = [
    "nil", "true", "false", "\"\"", "\"text\"", "\"é🎨\"", "[]", "{}", "[1, [2]]", "0..<4", "1...3", "(9..<0).step(-2)",
    "print", "len", "x => x", "() => 1", "error(\"e\")", "{k: 1}", "[nan, 1]", "(0..<9223372036854775807)",
    "tensor([1, 2])", "tensor([[1.5]])", "zeros(2, 3)", "tensor([true, false])", "weight(ones(2))", "dense(2)", "relu",
  ]

  static let operators = [
    "+", "-", "*", "/", "//", "%", "@", "**", "==", "!=", "<", "<=", ">", ">=", "in", "and", "or", "|", "&", "^", "..<",
    "...", ">>",
  ]

  static let functions = [
    "print", "str", "repr", "int", "float", "bool", "type_of", "len", "error", "copy", "equal", "close", "abs", "min",
    "max", "sum", "round", "floor", "ceil", "sqrt", "exp", "log", "pow", "clamp", "append", "insert", "pop", "extend",
    "remove", "index_of", "sort", "sorted", "reversed", "map", "filter", "reduce", "zip", "enumerate", "any", "all",
    "unique", "list", "upper", "lower", "trim", "split", "join", "lines", "chars", "replace", "starts_with", "repeat",
    "pad_left", "pad_right", "code_points", "bytes", "keys", "values", "items", "get", "has", "merge", "step", "tensor",
    "zeros", "ones", "arange", "mean", "reshape", "transpose", "concat", "stack", "where", "cumsum", "softmax", "relu",
    "weights", "grad", "no_grad", "training", "argmax", "one_hot", "gather", "topk", "flatten", "linspace", "eye",
  ]
}
