/// A compiled function: its instructions and all that they refer to. Closures of one function share it.
final class Prototype {
  /// The name in the declaration; nil for a short function, a block, and a unit.
  let name: String?
  /// `fn name(a, b = 2)`.
  let signature: String
  let documentation: String?
  let source: Source
  let parameters: [ParameterShape]
  let requiredCount: Int
  /// Whether the last parameter gathers what is left.
  let hasRest: Bool
  let registerCount: Int
  let captures: [Capture]
  let constants: UnsafeMutablePointer<Value>
  let constantCount: Int
  let code: UnsafeMutablePointer<UInt32>
  let codeCount: Int
  /// What the machine needs of the prototype at each call.
  let entry: UnsafeMutablePointer<Entry>
  let prototypes: [Prototype]
  let types: [TypeTemplate]
  let argumentNames: [[String]]
  let subscriptShapes: [[SubscriptShape]]
  let formats: [FormatSpecification]
  let modules: [ModuleObject]
  /// Sorted by where the instruction begins.
  let sites: [Site]
  /// Inner ones before outer ones.
  let handlers: [Handler]

  /// A prototype as plain data, which the machine reads without counting references.
  struct Entry {
    var code: UnsafeMutablePointer<UInt32>
    var constants: UnsafeMutablePointer<Value>
    var registerCount: Int
    /// How many arguments fill the parameters exactly, so that a call need not look closer; -1 when there is a rest.
    var exactCount: Int
    /// The same for a call that leaves register 0 empty; -1 when the function wants itself there.
    var borrowedCount: Int
    /// Registers from here on hold nothing when the function returns: each was the window of a call.
    var heldCount: Int
    var prototype: Unmanaged<Prototype>
  }

  struct ParameterShape {
    var name: String
    var isOptional: Bool
    var isRest: Bool
  }

  /// Where a closure finds a captured value when it is made.
  struct Capture {
    /// In a register of the function around it, or else among that function's captures.
    var isRegister: Bool
    var index: Int
  }

  /// A `try`: instructions it guards, where its handler begins, and the register of the error.
  struct Handler {
    var start: Int
    var end: Int
    var target: Int
    var register: Int
  }

  /// What the instruction at an offset means in the text.
  struct Site {
    var offset: Int
    var whole: Span
    var callee: Span?
    /// Operands, or arguments by position; in a method call the receiver is the first.
    var arguments: [Span] = []
    var named: [NamedArgument] = []
  }

  struct NamedArgument {
    var name: String
    var nameSpan: Span
    var span: Span
  }

  /// What a place between the brackets of `x[...]` is made of; values are in registers, in order.
  enum SubscriptShape {
    case index
    case slice(lower: Bool, upper: Bool, step: Bool)
    case ellipsis
  }

  /// A declared type, of which `makeType` makes an object.
  struct TypeTemplate {
    var name: String
    var documentation: String?
    var fields: [TypeObject.Field]
    var constructor: Prototype
    var methods: [Prototype]
  }

  /// - Parameter usesCallee: whether the code reads register 0.
  init(
    _ builder: CodeBuilder, registerCount: Int, heldCount: Int, usesCallee: Bool, captures: [Capture],
    header: FunctionHeader
  ) {
    name = header.name
    signature = header.signature
    documentation = header.documentation
    parameters = header.parameters
    source = header.source
    requiredCount = parameters.count { !$0.isOptional && !$0.isRest }
    hasRest = parameters.last?.isRest ?? false
    self.registerCount = registerCount
    self.captures = captures
    constantCount = builder.constants.count
    constants = .allocate(capacity: max(1, constantCount))
    for (index, constant) in builder.constants.enumerated() { (constants + index).initialize(to: constant) }
    codeCount = builder.code.count
    code = .allocate(capacity: max(1, codeCount))
    for (index, word) in builder.code.enumerated() { (code + index).initialize(to: word) }
    prototypes = builder.prototypes
    types = builder.types
    argumentNames = builder.argumentNames
    subscriptShapes = builder.subscriptShapes
    formats = builder.formats
    modules = builder.modules
    sites = builder.sites
    handlers = builder.handlers
    entry = .allocate(capacity: 1)
    let exactCount = hasRest ? -1 : parameters.count
    entry.initialize(
      to: Entry(
        code: code, constants: constants, registerCount: registerCount, exactCount: exactCount,
        borrowedCount: usesCallee ? -1 : exactCount, heldCount: handlers.isEmpty ? heldCount : registerCount,
        prototype: .passUnretained(self)))
  }

  deinit {
    constants.deinitialize(count: constantCount)
    constants.deallocate()
    code.deallocate()
    entry.deallocate()
  }

  var captureCount: Int { captures.count }

  /// The site of the instruction that an offset stands in or just behind.
  func site(before offset: Int) -> Site? {
    var low = 0
    var high = sites.count
    while low < high {
      let middle = (low + high) / 2
      if sites[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? sites[low - 1] : nil
  }

  /// The handler of a fault in the instruction that an offset stands in or just behind.
  func handler(before offset: Int) -> Handler? {
    handlers.first { $0.start < offset && offset <= $0.end }
  }
}

/// What a function is called and takes.
struct FunctionHeader {
  var name: String?
  var signature: String
  var documentation: String?
  var source: Source
  var parameters: [Prototype.ParameterShape]
}
