/// Walks a syntax tree in the order of the text.
///
/// Each `visit` walks on by default; one that is implemented decides itself whether to call `walk` with what it was
/// given. The tree's height is bounded by the parser, and with it the recursion.
package protocol SyntaxVisitor {
  mutating func visit(_ statement: Statement)
  mutating func visit(_ block: Block)
  mutating func visit(_ expression: Expression)
  mutating func visit(_ function: FunctionLiteral)
  mutating func visit(_ type: TypeDeclaration)
}

extension SyntaxVisitor {
  package mutating func visit(_ statement: Statement) { walk(statement) }
  package mutating func visit(_ block: Block) { walk(block) }
  package mutating func visit(_ expression: Expression) { walk(expression) }
  package mutating func visit(_ function: FunctionLiteral) { walk(function) }
  package mutating func visit(_ type: TypeDeclaration) { walk(type) }

  package mutating func walk(_ statements: [Statement]) {
    for statement in statements { visit(statement) }
  }

  package mutating func walk(_ block: Block) { walk(block.statements) }

  package mutating func walk(_ statement: Statement) {
    switch statement.kind {
    case .expression(let value), .declaration(_, _, let value), .throwError(let value): visit(value)
    case .assignment(let targets, let value):
      for target in targets { walk(target) }
      visit(value)
    case .function(let declaration): visit(declaration.function)
    case .type(let declaration): visit(declaration)
    case .forLoop(_, _, let sequence, let body):
      visit(sequence)
      visit(body)
    case .whileLoop(let condition, let body):
      visit(condition)
      visit(body)
    case .returnValue(let value): if let value { visit(value) }
    case .assertion(let condition, let message):
      visit(condition)
      if let message { visit(message) }
    case .test(_, let body): visit(body)
    case .breakLoop, .continueLoop, .importModule, .importNames: break
    }
  }

  package mutating func walk(_ target: AssignmentTarget) {
    switch target {
    case .name, .discard: break
    case .member(let object, _): visit(object)
    case .subscripted(let object, let items, _):
      visit(object)
      walk(items)
    }
  }

  package mutating func walk(_ function: FunctionLiteral) {
    walk(function.parameters)
    switch function.body {
    case .block(let block): visit(block)
    case .expression(let value): visit(value)
    }
  }

  package mutating func walk(_ type: TypeDeclaration) {
    walk(type.parameters)
    for field in type.fields { visit(field.value) }
    for method in type.methods { visit(method.function) }
  }

  package mutating func walk(_ parameters: [ParameterSyntax]) {
    for parameter in parameters { if let value = parameter.defaultValue { visit(value) } }
  }

  package mutating func walk(_ items: [SubscriptItem]) {
    for item in items {
      switch item {
      case .index(let value): visit(value)
      case .slice(let lower, let upper, let step, _):
        for part in [lower, upper, step] { if let part { visit(part) } }
      case .ellipsis: break
      }
    }
  }

  package mutating func walk(_ expression: Expression) {
    switch expression.kind {
    case .nilLiteral, .bool, .int, .float, .name, .invalid: break
    case .string(let parts): for case .interpolation(let value, _) in parts { visit(value) }
    case .list(let elements), .values(let elements): for element in elements { visit(element) }
    case .map(let entries):
      for entry in entries {
        if case .expression(let key) = entry.key { visit(key) }
        visit(entry.value)
      }
    case .unary(_, let operand), .parenthesized(let operand), .member(let operand, _): visit(operand)
    case .binary(_, let left, let right, _), .logical(_, let left, let right, _), .range(let left, let right, _),
      .pipe(let left, let right), .compose(let left, let right):
      visit(left)
      visit(right)
    case .call(let callee, let arguments):
      visit(callee)
      for argument in arguments { visit(argument.value) }
    case .subscripted(let object, let items):
      visit(object)
      walk(items)
    case .function(let function): visit(function)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        visit(branch.condition)
        visit(branch.body)
      }
      if let otherwise { visit(otherwise) }
    case .attempt(let body, _, let handler):
      visit(body)
      visit(handler)
    }
  }
}
