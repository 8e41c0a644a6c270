/// One token of a source.
///
/// Tokens are flat, strings included: a string is `stringStart`, its texts and interpolations, then `stringEnd`. The
/// parser decides whether a line break means something, for only it knows whether a `{` opened a block or a map.
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
  case and, assert, `break`, `catch`, `continue`, `else`, `false`, fn, `for`, `if`, `import`, `in`, `let`, `nil`, not,
    or
  case `return`, `throw`, `true`, `try`, type, `var`, `while`

  /// Keywords by their bytes in one integer: they have at most eight, and every word of a program is looked up.
  private static let table: [UInt64: Keyword] = Dictionary(
    uniqueKeysWithValues: allCases.map { (packed(Array($0.rawValue.utf8)[...]), $0) })

  init?(word: ArraySlice<UInt8>) {
    guard word.count <= 8, let keyword = Keyword.table[Keyword.packed(word)] else { return nil }
    self = keyword
  }

  private static func packed(_ word: ArraySlice<UInt8>) -> UInt64 {
    var result: UInt64 = 0
    for byte in word { result = result << 8 | UInt64(byte) }
    return result
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
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case leftBrace = "{"
  case rightBrace = "}"
  case comma = ","
  case colon = ":"
  case semicolon = ";"
  case dot = "."
  case assign = "="
  case arrow = "=>"
  case pipe = "|>"
  case compose = ">>"
  case plus = "+"
  case minus = "-"
  case star = "*"
  case slash = "/"
  case floorDivide = "//"
  case percent = "%"
  case at = "@"
  case power = "**"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case halfOpenRange = "..<"
  case ellipsis = "..."
  case bar = "|"
  case ampersand = "&"
  case caret = "^"
  case tilde = "~"

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
  case logicalAnd = "&&"
  case logicalOr = "||"
  case strictEqual = "==="
  case strictNotEqual = "!=="
  case exclamation = "!"
  case increment = "++"
  case question = "?"
  case coalesce = "??"
  case thinArrow = "->"
  case twoDots = ".."
  case walrus = ":="
  case notEqual = "<>"
  case addAssign = "+="
  case subtractAssign = "-="
  case multiplyAssign = "*="
  case divideAssign = "/="
  case floorDivideAssign = "//="
  case moduloAssign = "%="
  case powerAssign = "**="
  case matrixAssign = "@="
  case orAssign = "|="
  case andAssign = "&="
  case xorAssign = "^="
  case shiftLeft = "<<"
  case dollar = "$"
  case backtick = "`"
  case backslash = "\\"

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
