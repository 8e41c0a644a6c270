/// A binding as the machine calls it: its parameters' types as bits, so that a check costs a test and a branch.
final class Overload {
  let name: String
  let parameters: [Parameter]
  let body: (Call) throws -> Value
  let checks: [Check]
  /// How many positions fill the parameters exactly; -1 when some are variadic or by name only.
  let exactCount: Int
  /// Where the variadic parameter stands.
  let variadicIndex: Int?
  /// How many parameters can be given by position, the variadic one not counted.
  let positionalCount: Int
  /// Positions that must be given before a call makes sense.
  let requiredCount: Int
  /// The kinds that the parameters take as they are, without a conversion, where `exactCount` is not -1.
  private let masks: UnsafeMutablePointer<UInt32>
  /// The kinds that fit the first position for certain; 0 when there is none.
  private let firstMask: UInt32

  struct Check {
    let type: ValueType
    /// Kinds of value that fit.
    let mask: UInt32
    /// Whether an int is stored as a float.
    let convertsInt: Bool

    init(_ type: ValueType) {
      self.type = type
      mask = type.mask
      if case .float = type { convertsInt = true } else { convertsInt = false }
    }

    @inline(__always)
    func accepts(_ value: Value) -> Bool { mask & value.kindBit != 0 || type.accepts(value) }
  }

  init(name: String, parameters: [Parameter], body: @escaping (Call) throws -> Value) {
    self.name = name
    self.parameters = parameters
    self.body = body
    checks = parameters.map { Check($0.type) }
    variadicIndex = parameters.firstIndex(where: \.isVariadic)
    positionalCount = parameters.prefix { !$0.isVariadic && !$0.isNamedOnly }.count
    exactCount = positionalCount == parameters.count ? parameters.count : -1
    requiredCount = parameters.prefix(positionalCount).count { !$0.isOptional }
    masks = .allocate(capacity: max(1, parameters.count))
    for (index, check) in checks.enumerated() {
      (masks + index).initialize(to: check.convertsInt ? check.mask & ~Value.int(0).kindBit : check.mask)
    }
    let first = positionalCount > 0 ? 0 : variadicIndex
    firstMask = if let first { checks[first].mask } else { 0 }
  }

  deinit { masks.deallocate() }

  @inline(__always)
  func acceptsFirst(_ kindBit: UInt32) -> Bool { firstMask & kindBit != 0 }

  @inline(__always)
  func acceptsAsTheyAre(_ arguments: UnsafeMutablePointer<Value>, count: Int) -> Bool {
    guard exactCount == count else { return false }
    var index = 0
    while index < count {
      if masks[index] & (arguments + index).kindBit == 0 { return false }
      index += 1
    }
    return true
  }

  convenience init(_ binding: Binding) {
    self.init(name: binding.name, parameters: binding.parameters, body: binding.body)
  }

  var signature: String { "\(name)(\(parameters.map(\.signature).joined(separator: ", ")))" }

  /// The check of the first position, if there is one.
  var firstCheck: Check? {
    if positionalCount > 0 { return checks[0] }
    return variadicIndex.map { checks[$0] }
  }

  /// Whether so many positions and these names can be given.
  func fits(count: Int, names: [String]) -> Bool {
    guard variadicIndex != nil || count <= positionalCount else { return false }
    return names.allSatisfy { name in parameters.contains { $0.name == name && !$0.isVariadic } }
  }
}

extension Value {
  /// One bit for each kind of value, as in `ValueType.mask`.
  @inline(__always)
  var kindBit: UInt32 {
    switch self {
    case .nil: 1
    case .bool: 2
    case .int: 4
    case .float: 8
    case .object(let object): 16 << UInt32(object.kind.rawValue)
    }
  }
}

extension UnsafeMutablePointer where Pointee == Value {
  /// The same, without a reference to the object.
  @inline(__always)
  var kindBit: UInt32 { holdsObject ? 16 << UInt32(kind.rawValue) : pointee.kindBit }
}

extension Object.Kind {
  /// Whether what an object of this kind is accepted as depends on the kind alone.
  @inline(__always)
  var isPlain: Bool {
    switch self {
    case .string, .range, .list, .map: true
    default: false
    }
  }
}

extension ValueType {
  /// Bits of the kinds that fit for certain; what also depends on the object is left to `accepts`.
  var mask: UInt32 {
    func bit(_ kind: Object.Kind) -> UInt32 { 16 << UInt32(kind.rawValue) }
    switch self {
    case .any: return .max
    case .nil: return 1
    case .bool: return 2
    case .int: return 4
    case .float, .number: return 4 | 8
    case .string: return bit(.string)
    case .range: return bit(.range)
    case .list: return bit(.list)
    case .map: return bit(.map)
    case .callable: return bit(.function) | bit(.builtin) | bit(.boundMethod) | bit(.composition) | bit(.type)
    case .type: return bit(.type)
    case .instance: return bit(.instance)
    case .module: return bit(.module)
    case .error: return bit(.error)
    case .host: return 0
    case .either(let types): return types.reduce(0) { $0 | $1.mask }
    }
  }
}
