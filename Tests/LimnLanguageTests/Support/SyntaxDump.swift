@testable import LimnLanguage

/// A syntax tree as a short s-expression, in which tests say what they expect.
///
/// `1 + x` is `(+ 1 x)`, `f(a, b: 2)` is `(call f a b:2)`, a block is `{ ... }`.
func dump(_ text: String) -> String {
  let (unit, diagnostics) = Parser.parse(Source(name: "test", text: text))
  guard diagnostics.isEmpty else {
    return diagnostics.map { "error[\($0.code)]: \($0.message)" }.joined(separator: "; ")
  }
  return unit.statements.map(dump).joined(separator: "; ")
}

private func dump(_ block: Block) -> String {
  block.statements.isEmpty ? "{}" : "{ " + block.statements.map(dump).joined(separator: "; ") + " }"
}

private func dump(_ statement: Statement) -> String {
  switch statement.kind {
  case .expression(let e): dump(e)
  case .declaration(let mutable, let targets, let value):
    "(\(mutable ? "var" : "let") \(targets.map(dump).joined(separator: " ")) = \(dump(value)))"
  case .assignment(let targets, let value):
    "(assign \(targets.map(dump).joined(separator: " ")) = \(dump(value)))"
  case .function(let declaration): "(fn \(declaration.name.text) \(dump(declaration.function)))"
  case .type(let type): dump(type)
  case .forLoop(let key, let value, let sequence, let body):
    "(for \(dump(key))\(value.map { " " + dump($0) } ?? "") in \(dump(sequence)) \(dump(body)))"
  case .whileLoop(let condition, let body): "(while \(dump(condition)) \(dump(body)))"
  case .breakLoop: "(break)"
  case .continueLoop: "(continue)"
  case .returnValue(let value): "(return\(value.map { " " + dump($0) } ?? ""))"
  case .throwError(let value): "(throw \(dump(value)))"
  case .assertion(let condition, let message): "(assert \(dump(condition))\(message.map { " " + dump($0) } ?? ""))"
  case .importModule(let name, let alias): "(import \(name.text)\(alias.map { " as " + $0.text } ?? ""))"
  case .importNames(let module, let names): "(from \(module.text) \(names.map(\.text).joined(separator: " ")))"
  case .test(let name, let body): "(test \"\(name)\" \(dump(body)))"
  }
}

private func dump(_ type: TypeDeclaration) -> String {
  let fields = type.fields.map { "(\($0.mutable ? "var" : "let") \($0.name.text) \(dump($0.value)))" }
  let methods = type.methods.map { "(fn \($0.name.text) \(dump($0.function)))" }
  return "(" + (["type", type.name.text, dump(type.parameters)] + fields + methods).joined(separator: " ") + ")"
}

private func dump(_ parameters: [ParameterSyntax]) -> String {
  "("
    + parameters.map { ($0.isRest ? "..." : "") + $0.name.text + ($0.defaultValue.map { "=" + dump($0) } ?? "") }
    .joined(separator: " ") + ")"
}

private func dump(_ function: FunctionLiteral) -> String {
  let body =
    switch function.body {
    case .block(let block): dump(block)
    case .expression(let e): dump(e)
    }
  return function.form == .trailingBlock ? body : "\(dump(function.parameters)) \(body)"
}

private func dump(_ pattern: Pattern) -> String {
  switch pattern {
  case .name(let identifier): identifier.text
  case .discard: "_"
  }
}

private func dump(_ target: AssignmentTarget) -> String {
  switch target {
  case .name(let identifier): identifier.text
  case .discard: "_"
  case .member(let object, let name): "(. \(dump(object)) \(name.text))"
  case .subscripted(let object, let items, _): "(at \(dump(object)) \(items.map(dump).joined(separator: " ")))"
  }
}

private func dump(_ item: SubscriptItem) -> String {
  switch item {
  case .index(let e): dump(e)
  case .ellipsis: "..."
  case .slice(let lower, let upper, let step, _):
    (lower.map(dump) ?? "") + ":" + (upper.map(dump) ?? "") + (step.map { ":" + dump($0) } ?? "")
  }
}

private func dump(_ expression: Expression) -> String {
  switch expression.kind {
  case .nilLiteral: "nil"
  case .bool(let value): "\(value)"
  case .int(let value): "\(value)"
  case .float(let value): "\(value)"
  case .string(let parts): dump(parts)
  case .name(let name): name
  case .list(let elements): "[" + elements.map(dump).joined(separator: " ") + "]"
  case .map(let entries): "{" + entries.map { dump($0.key) + ":" + dump($0.value) }.joined(separator: " ") + "}"
  case .unary(let operation, let e): "(\(operation.rawValue) \(dump(e)))"
  case .binary(let operation, let left, let right, _): "(\(operation.rawValue) \(dump(left)) \(dump(right)))"
  case .logical(let operation, let left, let right, _): "(\(operation.rawValue) \(dump(left)) \(dump(right)))"
  case .range(let left, let right, let closed): "(\(closed ? "..." : "..<") \(dump(left)) \(dump(right)))"
  case .call(let callee, let arguments):
    "("
      + (["call", dump(callee)] + arguments.map { ($0.name.map { $0.text + ":" } ?? "") + dump($0.value) })
      .joined(separator: " ") + ")"
  case .member(let object, let name): "(. \(dump(object)) \(name.text))"
  case .subscripted(let object, let items): "(at \(dump(object)) \(items.map(dump).joined(separator: " ")))"
  case .function(let function): function.form == .trailingBlock ? dump(function) : "(fn \(dump(function)))"
  case .pipe(let value, let target): "(|> \(dump(value)) \(dump(target)))"
  case .compose(let left, let right): "(>> \(dump(left)) \(dump(right)))"
  case .conditional(let branches, let otherwise):
    "("
      + (branches.map { "if \(dump($0.condition)) \(dump($0.body))" } + (otherwise.map { ["else \(dump($0))"] } ?? []))
      .joined(separator: " ") + ")"
  case .attempt(let body, let name, let handler): "(try \(dump(body)) catch \(name.map(dump) ?? "") \(dump(handler)))"
  case .values(let values): "(values \(values.map(dump).joined(separator: " ")))"
  case .parenthesized(let e): "(paren \(dump(e)))"
  case .invalid: "<invalid>"
  }
}

private func dump(_ key: MapEntry.Key) -> String {
  switch key {
  case .name(let identifier): identifier.text
  case .expression(let e): dump(e)
  }
}

private func dump(_ parts: [StringPart]) -> String {
  "\""
    + parts.map { part in
      switch part {
      case .text(let text): text.replacing("\n", with: "\\n")
      case .interpolation(let e, let format): "\\(" + dump(e) + (format.map { ":" + $0.text } ?? "") + ")"
      }
    }.joined() + "\""
}
