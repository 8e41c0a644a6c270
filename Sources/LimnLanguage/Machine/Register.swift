import CSwiftRuntime

// Registers as raw memory.
//
// What an instruction does with an object in a register, it does without taking a reference of its own: the register
// holds one.
//
// `Value` is laid out as a payload of eight bytes and a tag, since every bit of an int and of a float is in use;
// `RegisterTests` checks it.

// References are counted without atomic instructions, which take several times as long: values are used on one thread at
// a time.

extension UnsafeMutablePointer where Pointee == Value {
  @inline(__always)
  var holdsObject: Bool {
    if case .object = pointee { return true }
    return false
  }

  /// The address of the object that the register holds.
  @inline(__always)
  var address: UnsafeMutableRawPointer {
    UnsafeRawPointer(self).load(as: UnsafeMutableRawPointer.self)
  }

  /// The object that the register holds, as an object of a class that the caller knows it to have.
  @inline(__always)
  func unretained<T: Object>(_ type: T.Type) -> Unmanaged<T> { Unmanaged.fromOpaque(address) }

  /// The number in the register as a float.
  @inline(__always)
  var number: Double? {
    switch pointee {
    case .float(let value): return value
    case .int(let value): return Double(value)
    default: return nil
    }
  }

  /// The kind of the object that the register holds.
  @inline(__always)
  var kind: Object.Kind { unretained(Object.self)._withUnsafeGuaranteedRef { $0.kind } }

  /// The shape of the object that the register holds; 0 for anything but an instance.
  @inline(__always)
  var shape: UInt32 {
    holdsObject ? unretained(Object.self)._withUnsafeGuaranteedRef { $0.shape } : 0
  }

  /// Whether the register holds the mark of what is not set.
  @inline(__always)
  var isUnset: Bool { holdsObject && kind == .unset }

  /// Whether the register holds what a call may run without a reference of its own.
  @inline(__always)
  var mayRun: Bool { holdsObject && (kind == .function || kind == .builtin) }

  /// Stores a value that is no object, and lets go of what was there.
  @inline(__always)
  func put(_ value: Value) {
    if holdsObject { swift_nonatomic_release(address) }
    initialize(to: value)
  }

  /// Stores a copy of what another register holds, and lets go of what was there.
  @inline(__always)
  func copy(_ source: UnsafeMutablePointer<Value>) {
    if source.holdsObject { _ = swift_nonatomic_retain(source.address) }
    if holdsObject { replaceObject(source) } else { overwrite(source) }
  }

  /// The object goes only after its place holds the new value: freeing it may run code that looks there.
  @inline(__always)
  private func replaceObject(_ source: UnsafeMutablePointer<Value>) {
    let old = address
    overwrite(source)
    swift_nonatomic_release(old)
  }

  /// Stores what another register holds, which holds nothing afterwards, and lets go of what was there.
  @inline(__always)
  func move(_ source: UnsafeMutablePointer<Value>) {
    if holdsObject {
      let old = address
      overwrite(source)
      source.initialize(to: .nil)
      swift_nonatomic_release(old)
    } else {
      overwrite(source)
      source.initialize(to: .nil)
    }
  }

  /// Lets go of what registers from here on hold.
  @inline(__always)
  func clear(count: Int) {
    var register = self
    let end = self + count
    while register < end {
      if register.holdsObject { register.put(.nil) }
      register += 1
    }
  }

  /// Puts copies of values into memory that holds none.
  @inline(__always)
  func initialize(copying source: UnsafeMutablePointer<Value>, count: Int) {
    var (target, value) = (self, source)
    let end = self + count
    while target < end {
      if value.holdsObject { _ = swift_nonatomic_retain(value.address) }
      target.overwrite(value)
      target += 1
      value += 1
    }
  }

  /// Lets go of values, whose memory holds none afterwards.
  @inline(__always)
  func deinitializeAll(count: Int) {
    var value = self
    let end = self + count
    while value < end {
      if value.holdsObject { swift_nonatomic_release(value.address) }
      value += 1
    }
  }

  /// Moves a call's result from its window to where it is wanted.
  @inline(__always)
  func moveResult(to target: UnsafeMutablePointer<Value>) {
    if self != target { target.move(self) }
  }

  /// What the cell in the register holds.
  @inline(__always)
  var contents: UnsafeMutablePointer<Value> {
    unretained(CellObject.self)._withUnsafeGuaranteedRef { $0.contents }
  }

  /// Stores what another register holds, whose reference it takes over.
  @inline(__always)
  func overwrite(_ source: UnsafeMutablePointer<Value>) {
    UnsafeMutableRawPointer(self).copyMemory(from: source, byteCount: MemoryLayout<Value>.size)
  }
}
