/// One token of a source.
///
/// Tokens are flat, strings included: a string is `stringStart`, its texts and interpolations, then `stringEnd`. The parser
/// decides whether a line break means something, for only it knows whether a `{` opened a block or a map.
struct Token: Sendable {
  var kind: Kind
  var span: Span
  /// Whether a line break stands between this token and the one before it.
  var followsLineBreak: Bool

  enum Kind: Sendable, Equatable {
    case name
    case keyword(Keyword)
    /// A magnitude; at most 2^63, which only a minus before it makes an int.
    case int(UInt64)
    case float(Double)
    case symbol(Symbol)
    /// An operator of other languages, kept as one token so that the parser can say what to write instead.
    case foreign(ForeignSymbol)
    case stringStart
    /// An index into the lexer's texts: the text with its escapes decoded.
    case stringText(Int)
    case interpolationStart
    /// The format's text after `:` and before `)`.
    case interpolationFormat
    case interpolationEnd
    case stringEnd
    /// Stands for a string that could not be read; an error has been reported.
    case invalid
    /// A character that no token begins with; an error has been reported.
    case strangeCharacter
    /// What a line break looks like where it ends a statement; never stored.
    case lineBreak
    case end
  }
}

/// A word that is reserved. `test`, `from` and `as` are words that mean something in one place only.
enum Keyword: String, Sendable, CaseIterable {
  case and, assert, `break`, `catch`, `continue`, `else`, `false`, fn, `for`, `if`, `import`, `in`, `let`, `nil`, not, or
  case `return`, `throw`, `true`, `try`, type, `var`, `while`

  private static let table: [String: Keyword] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  init?(word: some Sequence<UInt8>) {
    guard let keyword = Keyword.table[String(decoding: Array(word), as: UTF8.self)] else { return nil }
    self = keyword
  }

  /// Whether the word begins a statement and can stand nowhere inside an expression.
  var onlyBeginsStatement: Bool {
    switch self {
    case .assert, .break, .continue, .for, .import, .let, .return, .throw, .type, .var, .while: true
    default: false
    }
  }
}

enum Symbol: String, Sendable, CaseIterable {
  case leftParenthesis = "(", rightParenthesis = ")"
  case leftBracket = "[", rightBracket = "]"
  case leftBrace = "{", rightBrace = "}"
  case comma = ",", colon = ":", semicolon = ";", dot = "."
  case assign = "=", arrow = "=>"
  case pipe = "|>", compose = ">>"
  case plus = "+", minus = "-", star = "*", slash = "/", floorDivide = "//", percent = "%", at = "@", power = "**"
  case equal = "==", notEqual = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
  case halfOpenRange = "..<", ellipsis = "..."
  case bar = "|", ampersand = "&", caret = "^", tilde = "~"

  var isOpening: Bool { self == .leftParenthesis || self == .leftBracket || self == .leftBrace }
  var isClosing: Bool { self == .rightParenthesis || self == .rightBracket || self == .rightBrace }

  /// The bracket that closes this one.
  var closing: Symbol? {
    switch self {
    case .leftParenthesis: .rightParenthesis
    case .leftBracket: .rightBracket
    case .leftBrace: .rightBrace
    default: nil
    }
  }
}

/// Operators that Limn does not have but its newcomers type.
enum ForeignSymbol: String, Sendable, CaseIterable {
  case logicalAnd = "&&", logicalOr = "||", strictEqual = "===", strictNotEqual = "!==", exclamation = "!"
  case increment = "++", question = "?", coalesce = "??", thinArrow = "->", twoDots = "..", walrus = ":=", notEqual = "<>"
  case addAssign = "+=", subtractAssign = "-=", multiplyAssign = "*=", divideAssign = "/=", floorDivideAssign = "//="
  case moduloAssign = "%=", powerAssign = "**=", matrixAssign = "@=", orAssign = "|=", andAssign = "&=", xorAssign = "^="
  case shiftLeft = "<<", dollar = "$", backtick = "`", backslash = "\\"

  /// `+` for `+=`; nil for what is not an assignment with an operator.
  var assignedOperator: String? {
    switch self {
    case .addAssign, .subtractAssign, .multiplyAssign, .divideAssign, .floorDivideAssign, .moduloAssign, .powerAssign,
      .matrixAssign, .orAssign, .andAssign, .xorAssign:
      String(rawValue.dropLast())
    default: nil
    }
  }
}

extension Token.Kind {
  /// Whether the token is a word: any word may be a key, a member or an argument's name.
  var isWord: Bool {
    switch self {
    case .name, .keyword: true
    default: false
    }
  }
}
