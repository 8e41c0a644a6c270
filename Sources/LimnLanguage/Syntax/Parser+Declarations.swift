extension Parser {
  /// Reads a name that is declared or imported.
  mutating func parseIdentifier(_ what: String, help: String? = nil) throws(Abandon) -> Identifier {
    if case .keyword(let keyword) = kind {
      throw fault(
        .unexpectedToken, "expected \(what), but `\(keyword.rawValue)` is a keyword", at: token.span,
        help: "choose another name, such as `\(keyword.rawValue)_`")
    }
    guard kind == .name else { throw expected(what, help: help) }
    let identifier = Identifier(text: text(of: token), span: token.span)
    advance()
    return identifier
  }

  /// Reads a name, or `_`.
  mutating func parsePattern(_ what: String, help: String? = nil) throws(Abandon) -> Pattern {
    let identifier = try parseIdentifier(what, help: help)
    return identifier.text == "_" ? .discard(identifier.span) : .name(identifier)
  }

  /// `let a, b = e`, `var x = e`.
  mutating func parseDeclaration(mutable: Bool) throws(Abandon) -> Statement.Kind {
    let word = mutable ? "var" : "let"
    advance()
    if at(.leftParenthesis) || at(.leftBracket) || at(.leftBrace) {
      throw fault(
        .foreignSyntax, "names are taken apart without brackets", at: token.span, help: "`\(word) a, b = list`")
    }
    var targets: [Pattern] = []
    repeat { targets.append(try parsePattern("a name", help: "`\(word) x = 1`")) } while take(.comma)
    if at(.colon) { throw typeAnnotation() }
    guard at(.assign) else { throw missingInitialValue(word, targets) }
    advance()
    return .declaration(mutable: mutable, targets: targets, value: try parseAssigned(targets: targets.count))
  }

  /// `fn name(parameters) { }`.
  mutating func parseFunctionDeclaration() throws(Abandon) -> FunctionDeclaration {
    let start = token.span.start
    advance()
    let name = try parseIdentifier("the function's name", help: "`fn name(a, b) { ... }`")
    return FunctionDeclaration(name: name, function: try parseFunction(from: start))
  }

  /// Reads parameters and body of a function whose `fn`, and perhaps name, was read.
  mutating func parseFunction(from start: Int) throws(Abandon) -> FunctionLiteral {
    guard at(.leftParenthesis) else {
      throw expected("`(` and the function's parameters", help: "`fn name(a, b) { ... }`, or `fn name() { ... }`")
    }
    let outerHeight = height
    height = 0
    let parameters = try parseParameters()
    if kind == .foreign(.thinArrow) { throw typeAnnotation() }
    if at(.arrow) {
      throw fault(
        .foreignSyntax, "`fn` has a block, `=>` has none", at: token.span, help: "`fn(x) { x * 2 }` or `x => x * 2`")
    }
    let body = try parseBody(after: "fn")
    try grow()
    height = max(outerHeight, height)
    return FunctionLiteral(form: .function, parameters: parameters, body: .block(body), span: span(from: start))
  }

  /// Reads `(a, b = 2, ...rest)`.
  mutating func parseParameters() throws(Abandon) -> [ParameterSyntax] {
    let outer = (lineBreaksMatter, allowsTrailingBlock)
    open()
    (lineBreaksMatter, allowsTrailingBlock) = (false, true)
    var parameters: [ParameterSyntax] = []
    while !at(.rightParenthesis) {
      parameters.append(try parseParameter(after: parameters))
      guard take(.comma) else { break }
    }
    if at(.colon) { throw typeAnnotation() }
    try close(.rightParenthesis, expecting: "`,` or `)`")
    (lineBreaksMatter, allowsTrailingBlock) = outer
    return parameters
  }

  private mutating func parseParameter(after others: [ParameterSyntax]) throws(Abandon) -> ParameterSyntax {
    if at(.star) || at(.power) {
      throw fault(
        .foreignSyntax, "what is left of the arguments is gathered by `...`", at: token.span, help: "write `...rest`")
    }
    let isRest = take(.ellipsis)
    let name = try parseIdentifier("a parameter's name")
    if let twin = others.first(where: { $0.name.text == name.text && name.text != "_" }) {
      report(
        .duplicateParameter, "two parameters are called `\(name.text)`", at: name.span,
        secondary: [(twin.name.span, "the first")], help: "rename one")
    }
    if let rest = others.first(where: \.isRest) {
      report(
        .invalidParameter, "nothing comes after `...\(rest.name.text)`", at: name.span,
        secondary: [(rest.name.span, "this gathers all that is left")], help: "move `...\(rest.name.text)` to the end")
    }
    var defaultValue: Expression?
    if take(.assign) {
      defaultValue = try parseExpression()
      if isRest {
        report(
          .invalidParameter, "`...\(name.text)` has no default", at: name.span,
          help: "without arguments it is an empty list")
      }
    }
    return ParameterSyntax(name: name, defaultValue: defaultValue, isRest: isRest)
  }

  // MARK: Types

  /// `type Name(parameters) { let f = e; var f = e; fn m() { } }`.
  mutating func parseTypeDeclaration() throws(Abandon) -> TypeDeclaration {
    advance()
    let name = try parseIdentifier("the type's name", help: "`type Point(x, y) { ... }`")
    let parameters = at(.leftParenthesis) ? try parseParameters() : []
    if at(.colon) || at(word: "extends") {
      throw fault(
        .foreignSyntax, "a type has no parent", at: token.span, help: "keep an instance of the other type in a field")
    }
    guard at(.leftBrace) else { throw missingBraces(after: "type") }
    var type = TypeDeclaration(name: name, parameters: parameters, fields: [], methods: [], body: token.span)
    try enter()
    let outer = (lineBreaksMatter, allowsTrailingBlock, isTopLevel, statementStart)
    open()
    (lineBreaksMatter, allowsTrailingBlock, isTopLevel) = (true, true, false)
    while token.kind != .end, token.kind != .symbol(.rightBrace) { parseTypeMember(into: &type) }
    (lineBreaksMatter, allowsTrailingBlock, isTopLevel, statementStart) = outer
    leave()
    try close(.rightBrace, expecting: "`}`")
    type.body = span(from: type.body.start)
    try grow()
    return type
  }

  private mutating func parseTypeMember(into type: inout TypeDeclaration) {
    if token.kind == .symbol(.semicolon) { return advance() }
    statementStart = position
    let start = position
    let brackets = openBrackets.count
    let outer = (lineBreaksMatter, allowsTrailingBlock, nesting)
    do throws(Abandon) {
      let documentation = documentation[position]
      switch token.kind {
      case .keyword(.let), .keyword(.var):
        type.fields.append(try parseField(documentation))
      case .keyword(.fn) where kind(at: 1).isWord:
        advance()
        // A method is reached by a point, so any word can name it.
        let name = Identifier(text: text(of: token), span: token.span)
        let begin = previousSpan.start
        advance()
        let function = try parseFunction(from: begin)
        checkMember(name, in: type)
        type.methods.append(MethodDeclaration(name: name, function: function, documentation: documentation))
      default:
        throw invalidMember()
      }
      if !take(.semicolon), !endsLine, token.kind != .end, token.kind != .symbol(.rightBrace) {
        throw missingLineBreak()
      }
    } catch {
      (lineBreaksMatter, allowsTrailingBlock, nesting) = outer
      statementStart = start
      recover(error, outerBrackets: brackets)
      if position == start, token.kind != .symbol(.rightBrace) { advance() }
    }
  }

  private mutating func parseField(_ documentation: String?) throws(Abandon) -> FieldDeclaration {
    let mutable = token.kind == .keyword(.var)
    let start = token.span.start
    advance()
    let name = try parseIdentifier("the field's name", help: "`let size = 3`")
    if at(.colon) { throw typeAnnotation() }
    if at(.comma) {
      throw fault(.unexpectedToken, "one field, one `let`", at: token.span, help: "write `let` again on the next line")
    }
    guard take(.assign) else { throw missingInitialValue(mutable ? "var" : "let", [.name(name)]) }
    let value = try parseAssigned(targets: 1)
    return FieldDeclaration(
      name: name, mutable: mutable, value: value, documentation: documentation, span: span(from: start))
  }

  /// One method a name: a second one would hide the first.
  private mutating func checkMember(_ name: Identifier, in type: TypeDeclaration) {
    guard let twin = type.methods.first(where: { $0.name.text == name.text }) else { return }
    report(
      .duplicateParameter, "two methods are called `\(name.text)`", at: name.span,
      secondary: [(twin.name.span, "the first")], help: "rename one")
  }

  private mutating func invalidMember() -> Abandon {
    if let foreign = foreignStatement() { return foreign }
    if kind(at: 1) == .symbol(.assign) {
      return fault(
        .misplacedStatement, "a field begins with `let` or `var`", at: token.span,
        help: "`var \(text(of: token)) = ...`")
    }
    return fault(
      .misplacedStatement, "a type holds fields and methods alone", at: token.span,
      help: "`let f = e`, `var f = e`, or `fn m() { ... }`")
  }
}
