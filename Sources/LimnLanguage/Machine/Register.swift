// Registers as raw memory.
//
// What an instruction does with an object in a register, it does without taking a reference of its own: the register
// holds one.
//
// `Value` is laid out as a payload of eight bytes and a tag, since every bit of an int and of a float is in use;
// `RegisterTests` checks it.

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

  /// Stores a value that is no object, and lets go of what was there.
  @inline(__always)
  func put(_ value: Value) {
    if holdsObject { unretained(Object.self).release() }
    initialize(to: value)
  }

  /// Stores a copy of what another register holds, and lets go of what was there.
  @inline(__always)
  func copy(_ source: UnsafeMutablePointer<Value>) {
    if source.holdsObject { _ = source.unretained(Object.self).retain() }
    if holdsObject { replaceObject(source) } else { overwrite(source) }
  }

  /// The object goes only after its place holds the new value: freeing it may run code that looks there.
  @inline(__always)
  private func replaceObject(_ source: UnsafeMutablePointer<Value>) {
    let old = unretained(Object.self)
    overwrite(source)
    old.release()
  }

  /// Stores what another register holds, which holds nothing afterwards, and lets go of what was there.
  @inline(__always)
  func move(_ source: UnsafeMutablePointer<Value>) {
    if holdsObject {
      let old = unretained(Object.self)
      overwrite(source)
      source.initialize(to: .nil)
      old.release()
    } else {
      overwrite(source)
      source.initialize(to: .nil)
    }
  }

  /// Stores what another register holds, whose reference it takes over.
  @inline(__always)
  private func overwrite(_ source: UnsafeMutablePointer<Value>) {
    UnsafeMutableRawPointer(self).copyMemory(from: source, byteCount: MemoryLayout<Value>.size)
  }
}
