/// Makes the instructions of one function.
///
/// Registers are handed out as a stack: locals stay until their block ends, and what an expression needs in between
/// lies above them. A local that no inner function changes lives in its register; one that is shared lives in a cell
/// that its register holds.
final class FunctionCompiler {
  let parent: FunctionCompiler?
  let source: Source
  let resolution: Resolution
  var code = CodeBuilder()
  var nextRegister = 1
  var registerCount = 1
  /// Registers from here on have only been windows of calls, which hold nothing after the call.
  var heldCount = 1
  /// Whether register 0 is read, which holds what was called.
  private var usesCallee = false
  private var registers: [ObjectIdentifier: Int] = [:]
  private var captures: [Prototype.Capture] = []
  private var captureIndices: [ObjectIdentifier: Int] = [:]
  var loops: [Loop] = []
  /// The unit's own code runs once and for long: its blocks let go of what they held.
  let isUnit: Bool
  /// Whether a call was compiled since a block began, whose results may linger in registers.
  var hasCalls = false

  struct Loop {
    var breaks: [CodeBuilder.Patch] = []
    var continues: [CodeBuilder.Patch] = []
  }

  /// A function may use so many registers: instructions name them in a byte, and some name the next ones too.
  static let maximumRegisters = 250

  init(parent: FunctionCompiler?, source: Source, resolution: Resolution, isUnit: Bool = false) {
    self.parent = parent
    self.source = source
    self.resolution = resolution
    self.isUnit = isUnit
  }

  // MARK: Units

  /// Compiles a whole unit to a function without parameters that gives the value of the last expression.
  static func compile(_ unit: SyntaxUnit, _ resolution: Resolution) throws -> (
    body: Prototype, tests: [(String, Prototype)]
  ) {
    let compiler = FunctionCompiler(parent: nil, source: unit.source, resolution: resolution, isUnit: true)
    var tests: [(String, Prototype)] = []
    let body = unit.statements.filter { statement in
      if case .test = statement.kind { return false }
      return true
    }
    let result = try compiler.allocate(unit.statements.first?.span ?? Span(0, 0))
    try compiler.compile(body, to: result)
    compiler.code.emit(.returnValue, result)
    for statement in unit.statements {
      guard case .test(let name, let block) = statement.kind else { continue }
      let test = FunctionCompiler(parent: nil, source: unit.source, resolution: resolution)
      try test.compileTail(block)
      tests.append(
        (name, test.finish(FunctionHeader(name: nil, signature: "test", source: unit.source, parameters: []))))
    }
    let header = FunctionHeader(name: nil, signature: "unit", source: unit.source, parameters: [])
    return (compiler.finish(header), tests)
  }

  func finish(_ header: FunctionHeader) -> Prototype {
    Prototype(
      code, registerCount: registerCount + 1, heldCount: heldCount, usesCallee: usesCallee, captures: captures,
      header: header)
  }

  // MARK: Registers

  /// A register that holds what it is given until the function returns or reuses it.
  func allocate(_ span: Span) throws -> Int {
    let register = try allocateWindow(span)
    heldCount = max(heldCount, nextRegister)
    return register
  }

  /// A register of a call's window, which the call empties.
  func allocateWindow(_ span: Span) throws -> Int {
    let register = nextRegister
    guard register < FunctionCompiler.maximumRegisters else { throw tooComplex(span) }
    nextRegister += 1
    registerCount = max(registerCount, nextRegister)
    return register
  }

  func tooComplex(
    _ span: Span, _ what: String = "this needs more names and intermediate values than a function can hold"
  )
    -> DiagnosticError
  {
    DiagnosticError([
      Diagnostic(
        code: ResolutionError.tooComplex.rawValue, message: what, primary: .init(source: source, span: span),
        help: "take it apart into several functions or statements")
    ])
  }

  /// Frees registers that the body took, except when it declares locals that live on: then use `block`.
  func temporaries<T>(_ body: () throws -> T) rethrows -> T {
    let mark = nextRegister
    defer { nextRegister = mark }
    return try body()
  }

  // MARK: Variables

  /// Where a variable is for this function.
  enum Location {
    case register(Int)
    case cell(register: Int)
    case capture(Int)
    case captureCell(Int)
    case global(Int)
  }

  func location(of variable: Variable) -> Location {
    if case .global(let slot) = variable.place { return .global(slot) }
    if let register = registers[ObjectIdentifier(variable)] {
      return variable.needsCell ? .cell(register: register) : .register(register)
    }
    let index = captureIndex(of: variable)
    return variable.needsCell ? .captureCell(index) : .capture(index)
  }

  private func captureIndex(of variable: Variable) -> Int {
    let key = ObjectIdentifier(variable)
    if let index = captureIndices[key] { return index }
    let capture: Prototype.Capture
    if let register = parent?.registers[key] {
      capture = Prototype.Capture(isRegister: true, index: register)
    } else {
      capture = Prototype.Capture(isRegister: false, index: parent?.captureIndex(of: variable) ?? 0)
    }
    captures.append(capture)
    captureIndices[key] = captures.count - 1
    return captures.count - 1
  }

  /// Gives a variable the register in which its value, or nothing yet, is.
  func bind(_ variable: Variable, to register: Int) {
    if register == 0 { usesCallee = true }
    registers[ObjectIdentifier(variable)] = register
    if variable.needsCell { code.emit(.newCell, register) }
  }

  /// A pattern's variable; nil for `_`.
  func variable(_ pattern: Pattern) -> Variable? {
    guard case .name(let identifier) = pattern else { return nil }
    return resolution.declarations[identifier.span.start]
  }

  func load(_ variable: Variable, to target: Int, _ span: Span) {
    switch location(of: variable) {
    case .register(let register): if register != target { code.emit(.move, target, register) }
    case .cell(let register):
      code.mark(span)
      code.emit(.getCell, target, register)
    case .capture(let index): code.emit(.getCapture, target, index)
    case .captureCell(let index):
      code.mark(span)
      code.emit(.getCaptureCell, target, index)
    case .global(let slot):
      code.mark(span)
      code.emit(.getGlobal, target, wide: slot)
    }
  }

  func store(_ variable: Variable, from register: Int) {
    switch location(of: variable) {
    case .register(let target): if register != target { code.emit(.move, target, register) }
    case .cell(let target): code.emit(.setCell, target, register)
    case .capture: break
    case .captureCell(let index): code.emit(.setCaptureCell, index, register)
    case .global(let slot): code.emit(.setGlobal, register, wide: slot)
    }
  }

  /// The register that holds the instance whose fields a method, or a function within it, names.
  func register(of instance: Variable, _ span: Span) throws -> Int {
    if case .register(let register) = location(of: instance) { return register }
    let register = try allocate(span)
    load(instance, to: register, span)
    return register
  }

  // MARK: Functions

  /// Compiles a function within this one and gives its number.
  func compileFunction(_ literal: FunctionLiteral, name: String?, documentation: String? = nil) throws -> Int {
    let compiler = FunctionCompiler(parent: self, source: source, resolution: resolution)
    if let callee = resolution.callees[literal.span.start] { compiler.bind(callee, to: 0) }
    try compiler.compileParameters(literal.parameters)
    switch literal.body {
    case .block(let block): try compiler.compileTail(block)
    case .expression(let value): try compiler.compileTail(value)
    }
    let header = FunctionHeader(
      name: name, signature: signature(name, literal.parameters), documentation: documentation, source: source,
      parameters: shapes(literal.parameters))
    return code.add(compiler.finish(header))
  }

  func shapes(_ parameters: [ParameterSyntax]) -> [Prototype.ParameterShape] {
    parameters.map { .init(name: $0.name.text, isOptional: $0.defaultValue != nil, isRest: $0.isRest) }
  }

  /// `fn name(a, b = 2, ...rest)`; a default that takes several lines is left out.
  func signature(_ name: String?, _ parameters: [ParameterSyntax], prefix: String = "fn") -> String {
    let list = parameters.map { parameter in
      if parameter.isRest { return "...\(parameter.name.text)" }
      guard let value = parameter.defaultValue else { return parameter.name.text }
      let text = source.text(of: value.span)
      return "\(parameter.name.text) = \(text.contains("\n") ? "..." : text)"
    }
    return "\(prefix)\(name.map { prefix.isEmpty ? $0 : " \($0)" } ?? "")(\(list.joined(separator: ", ")))"
  }

  /// Parameters are the registers from 1 on; a default is evaluated where its argument is missing.
  func compileParameters(_ parameters: [ParameterSyntax]) throws {
    for parameter in parameters { _ = try allocate(parameter.name.span) }
    for (index, parameter) in parameters.enumerated() {
      if let value = parameter.defaultValue {
        code.emit(.defaultArgument, index + 1)
        let given = code.emitDistance()
        try compile(value, to: index + 1)
        code.patch(given)
      }
      if let variable = resolution.declarations[parameter.name.span.start] { bind(variable, to: index + 1) }
    }
  }
}
