// The syntax tree: what the parser makes and the compiler reads.
//
// Every node carries the span of its text, so that an error at run time can mark the smallest text that is wrong.
// Sugar is kept as it was written (pipes, short functions, trailing blocks): a formatter and an editor need it, and
// the compiler lowers it.

/// A whole unit: the statements of a file, a cell, or a REPL entry.
public struct SyntaxUnit: Sendable {
  public var source: Source
  public var statements: [Statement]
  /// Whether the unit's last expression ends with `;`, which keeps its result quiet.
  public var isQuiet: Bool
  /// Every comment in order, `##` lines too: a formatter keeps them.
  public var comments: [Span] = []
}

/// A name and where it stands.
public struct Identifier: Sendable, Hashable {
  public var text: String
  public var span: Span
}

public struct Statement: Sendable {
  public var kind: Kind
  public var span: Span
  /// The `##` lines directly above a declaration, without their marks.
  public var documentation: String?

  public indirect enum Kind: Sendable {
    case expression(Expression)
    /// `let a, b = e`, `var x = e`. Several values on the right of several names, `let a, b = f(), g()`, make a
    /// `.values` expression.
    case declaration(mutable: Bool, targets: [Pattern], value: Expression)
    /// `a = e`, `x[i], p.name = e`.
    case assignment(targets: [AssignmentTarget], value: Expression)
    case function(FunctionDeclaration)
    case type(TypeDeclaration)
    case forLoop(key: Pattern, value: Pattern?, sequence: Expression, body: Block)
    case whileLoop(condition: Expression, body: Block)
    case breakLoop
    case continueLoop
    /// `return`, `return e`; `return a, b` returns a `.values` expression.
    case returnValue(Expression?)
    case throwError(Expression)
    case assertion(condition: Expression, message: Expression?)
    case importModule(name: Identifier, alias: Identifier?)
    case importNames(module: Identifier, names: [Identifier])
    /// `test "name" { ... }`; run by `limn test` alone.
    case test(name: String, body: Block)
  }
}

/// A name that a declaration, loop or parameter binds; `_` discards.
public enum Pattern: Sendable {
  case name(Identifier)
  case discard(Span)
}

public enum AssignmentTarget: Sendable {
  case name(Identifier)
  case discard(Span)
  case member(Expression, Identifier)
  case subscripted(Expression, [SubscriptItem], span: Span)
}

public struct Block: Sendable {
  public var statements: [Statement]
  /// From `{` to `}`.
  public var span: Span
}

public struct FunctionDeclaration: Sendable {
  public var name: Identifier
  public var function: FunctionLiteral
}

/// `fn(a, b = 2, ...rest) { }`, `x => e`, a trailing block, or a declared function's or method's parameters and body.
public struct FunctionLiteral: Sendable {
  public enum Form: Sendable { case function, arrow, trailingBlock }
  public enum Body: Sendable {
    case block(Block)
    case expression(Expression)
  }

  public var form: Form
  public var parameters: [ParameterSyntax]
  public var body: Body
  public var span: Span
}

public struct ParameterSyntax: Sendable {
  public var name: Identifier
  public var defaultValue: Expression?
  /// `...rest`: gathers what positions are left, as a list.
  public var isRest: Bool
}

/// `type Name(params) { let f = e; var f = e; fn m() { } }`.
public struct TypeDeclaration: Sendable {
  public var name: Identifier
  public var parameters: [ParameterSyntax]
  public var fields: [FieldDeclaration]
  public var methods: [MethodDeclaration]
  /// From `{` to `}`.
  public var body: Span
}

public struct FieldDeclaration: Sendable {
  public var name: Identifier
  public var mutable: Bool
  public var value: Expression
  public var documentation: String?
  /// From `let` or `var` to the value's end.
  public var span: Span
}

public struct MethodDeclaration: Sendable {
  public var name: Identifier
  public var function: FunctionLiteral
  public var documentation: String?
}

public struct Expression: Sendable {
  public var kind: Kind
  public var span: Span

  public indirect enum Kind: Sendable {
    case nilLiteral
    case bool(Bool)
    case int(Int)
    case float(Double)
    /// Text with interpolations; a plain string is one part, an empty one none.
    case string([StringPart])
    case name(String)
    case list([Expression])
    case map([MapEntry])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression, operatorSpan: Span)
    /// `and`, `or`: the right side is evaluated only when it decides.
    case logical(LogicalOperator, Expression, Expression, operatorSpan: Span)
    case range(Expression, Expression, closed: Bool)
    /// Positions come first, then names; a trailing block is the last position.
    case call(Expression, [Argument])
    case member(Expression, Identifier)
    case subscripted(Expression, [SubscriptItem])
    case function(FunctionLiteral)
    /// `value |> target`, with the meaning that LANGUAGE gives the target's form.
    case pipe(Expression, Expression)
    /// `a >> b`.
    case compose(Expression, Expression)
    case conditional([ConditionalBranch], otherwise: Block?)
    case attempt(body: Block, name: Pattern?, handler: Block)
    /// `a, b` after `return` or after `=` with several targets: a list.
    case values([Expression])
    /// `(e)`: kept, because a parenthesised call on the right of `|>` is called with the value.
    case parenthesized(Expression)
    /// What the parser puts where it could not read an expression; an error has been reported.
    case invalid
  }
}

public struct ConditionalBranch: Sendable {
  public var condition: Expression
  public var body: Block
}

public enum StringPart: Sendable {
  case text(String)
  /// `\(e:format)`.
  case interpolation(Expression, format: FormatSyntax?)
}

/// The format of an interpolation, as written after the `:`.
public struct FormatSyntax: Sendable, Hashable {
  public var text: String
  public var span: Span
}

public struct MapEntry: Sendable {
  public var key: Key
  public var value: Expression

  /// A key is a bare name, or an expression that is a literal string, int, or bool, or is parenthesised.
  public enum Key: Sendable {
    case name(Identifier)
    case expression(Expression)
  }
}

public struct Argument: Sendable {
  public var name: Identifier?
  public var value: Expression
}

/// One place between the brackets of `x[...]`.
public enum SubscriptItem: Sendable {
  case index(Expression)
  /// `a:b`, `::2`; a missing part is nil.
  case slice(lower: Expression?, upper: Expression?, step: Expression?, span: Span)
  /// `...`.
  case ellipsis(Span)
}

public enum UnaryOperator: String, Sendable {
  case negate = "-"
  case invert = "~"
  case not = "not"
}

public enum LogicalOperator: String, Sendable { case and, or }

public enum BinaryOperator: String, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case floorDivide = "//"
  case modulo = "%"
  case power = "**"
  case matrixProduct = "@"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contained = "in"
  case bitAnd = "&"
  case bitOr = "|"
  case bitXor = "^"
}
