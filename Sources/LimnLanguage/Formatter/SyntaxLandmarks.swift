/// Where constructs begin that tokens alone do not tell apart, as offsets in the source.
struct SyntaxLandmarks: SyntaxVisitor {
  /// Statements, and the fields and methods of types.
  private(set) var statements: Set<Int> = []
  /// The `{` of blocks and of types' bodies; any other `{` opens a map.
  private(set) var blocks: Set<Int> = []
  /// A minus or a tilde before its operand.
  private(set) var unaries: Set<Int> = []
  /// The `(` of an expression in parentheses.
  private(set) var parentheses: Set<Int> = []
  /// Where short functions begin: with `(` or with their parameter.
  private(set) var arrows: Set<Int> = []
  /// The `[` of a list; any other `[` opens a subscript.
  private(set) var lists: Set<Int> = []

  init(_ unit: SyntaxUnit) {
    bytes = unit.source.bytes
    walk(unit.statements)
  }

  private let bytes: [UInt8]

  mutating func visit(_ statement: Statement) {
    statements.insert(statement.span.start)
    walk(statement)
  }

  mutating func visit(_ block: Block) {
    blocks.insert(block.span.start)
    walk(block)
  }

  mutating func visit(_ type: TypeDeclaration) {
    blocks.insert(type.body.start)
    statements.formUnion(type.fields.map(\.span.start) + type.methods.map(\.function.span.start))
    walk(type)
  }

  mutating func visit(_ function: FunctionLiteral) {
    if function.form == .arrow { arrows.insert(function.span.start) }
    walk(function)
  }

  mutating func visit(_ expression: Expression) {
    let start = expression.span.start
    switch expression.kind {
    case .unary(let operation, _): if operation != .not { unaries.insert(start) }
    // The least int is read together with its minus.
    case .int: if start < bytes.count, bytes[start] == UInt8(ascii: "-") { unaries.insert(start) }
    case .parenthesized: parentheses.insert(start)
    case .list: lists.insert(start)
    default: break
    }
    walk(expression)
  }
}
