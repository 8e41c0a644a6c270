/// Gathers the instructions of one function, and what they refer to.
struct CodeBuilder {
  private(set) var code: [UInt32] = []
  private(set) var constants: [Value] = []
  private(set) var prototypes: [Prototype] = []
  private(set) var types: [Prototype.TypeTemplate] = []
  private(set) var argumentNames: [[String]] = []
  private(set) var subscriptShapes: [[Prototype.SubscriptShape]] = []
  private(set) var formats: [FormatSpecification] = []
  private(set) var modules: [ModuleObject] = []
  private(set) var sites: [Prototype.Site] = []
  private(set) var handlers: [Prototype.Handler] = []
  private var constantIndices: [ConstantKey: Int] = [:]

  private enum ConstantKey: Hashable {
    case int(Int)
    case float(UInt64)
    case string(String)
    case bool(Bool)
    case none
  }

  /// The offset of the next instruction.
  var position: Int { code.count }

  // MARK: Instructions

  mutating func emit(_ opcode: Opcode, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0) {
    code.append(Instruction.word(opcode, a, b, c))
  }

  mutating func emit(_ opcode: Opcode, _ a: Int, wide: Int) {
    code.append(Instruction.word(opcode, a, wide: wide))
  }

  mutating func emit(word: Int) { code.append(UInt32(bitPattern: Int32(truncatingIfNeeded: word))) }

  /// Notes what the instruction that is emitted next means in the text.
  mutating func mark(
    _ whole: Span, callee: Span? = nil, arguments: [Span] = [], named: [Prototype.NamedArgument] = []
  ) {
    sites.append(
      Prototype.Site(offset: position, whole: whole, callee: callee, arguments: arguments, named: named))
  }

  // MARK: Jumps

  /// A jump's distance that is not known yet.
  struct Patch { fileprivate var position: Int }

  /// Emits the word of a distance that `patch` fills in.
  mutating func emitDistance() -> Patch {
    code.append(0)
    return Patch(position: code.count - 1)
  }

  mutating func emitDistance(to target: Int) { emit(word: target - (code.count + 1)) }

  /// Makes a jump lead to the next instruction.
  mutating func patch(_ patch: Patch) {
    code[patch.position] = UInt32(bitPattern: Int32(truncatingIfNeeded: position - (patch.position + 1)))
  }

  /// Makes jumps lead back to a place.
  mutating func patch(_ patches: [Patch], to target: Int) {
    for patch in patches {
      code[patch.position] = UInt32(bitPattern: Int32(truncatingIfNeeded: target - (patch.position + 1)))
    }
  }

  mutating func patch(_ patches: [Patch]) { for patch in patches { self.patch(patch) } }

  // MARK: Tables

  mutating func constant(int value: Int) -> Int { constant(.int(value), .int(value)) }
  mutating func constant(float value: Double) -> Int { constant(.float(value), .float(value.bitPattern)) }
  mutating func constant(string value: String) -> Int { constant(.string(value), .string(value)) }

  mutating func constant(bool value: Bool) -> Int { constant(.bool(value), .bool(value)) }
  mutating func constantNil() -> Int { constant(.nil, .none) }

  private mutating func constant(_ value: @autoclosure () -> Value, _ key: ConstantKey) -> Int {
    if let index = constantIndices[key] { return index }
    constants.append(value())
    constantIndices[key] = constants.count - 1
    return constants.count - 1
  }

  mutating func add(_ prototype: Prototype) -> Int { CodeBuilder.append(prototype, to: &prototypes) }
  mutating func add(_ type: Prototype.TypeTemplate) -> Int { CodeBuilder.append(type, to: &types) }
  mutating func add(names: [String]) -> Int { CodeBuilder.append(names, to: &argumentNames) }
  mutating func add(_ shape: [Prototype.SubscriptShape]) -> Int { CodeBuilder.append(shape, to: &subscriptShapes) }
  mutating func add(_ format: FormatSpecification) -> Int { CodeBuilder.append(format, to: &formats) }
  mutating func add(_ module: ModuleObject) -> Int { CodeBuilder.append(module, to: &modules) }
  mutating func add(_ handler: Prototype.Handler) { handlers.append(handler) }

  private static func append<T>(_ element: T, to array: inout [T]) -> Int {
    array.append(element)
    return array.count - 1
  }
}
