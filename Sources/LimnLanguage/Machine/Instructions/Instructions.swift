// How instructions run.
//
// Each instruction is a function that C can call, its handler. What it needs stands in its six arguments,
// and so in six registers of the processor: where the next word is, the registers of the running function, its
// constants, its frame, the machine's context, and the instruction's own word. Its last act is to call the handler of
// the next instruction. That call is in tail position and takes the same arguments, so the compiler makes it a jump:
// nothing is pushed, and each handler has a jump of its own, which the processor learns to foresee. In a loop over one
// `switch` all that state lies in memory instead, and all instructions share one jump; the same programs took a third
// to a half longer.
//
// Swift does not promise such jumps. LLVM makes them wherever it optimizes and a handler leaves nothing to do behind
// the call and no address of its own stack to anyone, so:
//
// - a handler works on pointers, numbers, and `Unmanaged` references alone;
// - what counts references, throws, or needs memory is out of line: in functions that are called and return before the
//   jump (`Machine.step`, `Machine.prepare`), or in a second handler that begins anew where the fast one finds an
//   object (`...Object`);
// - `DispatchTests` runs every instruction and compares the depth of the stack.
//
// Whatever a handler does not do itself it leaves to `rare`, which can do everything but calls.

import CInstructions

typealias Next = UnsafeMutablePointer<UInt32>
typealias Raw = UnsafeMutableRawPointer
typealias Register = UnsafeMutablePointer<Value>

/// Runs one instruction and then all that follow. Returns at `halt`, or when an error has no handler.
typealias Handler = limn_handler

/// The way of a handler that it leaves to another function; called in tail position too.
typealias Slow = (Next, Raw, Raw, Raw, Raw, UInt32) -> Void

/// The handlers of instructions, and what they share. In them `n` is the next word, `r` the registers, `k` the
/// constants, `f` the frame, `m` the context, `w` the instruction's word.
enum Instructions {
  /// What handlers see of the machine; in memory it follows the table of handlers.
  struct Context {
    var machine: Unmanaged<Machine>
    var signal: Unmanaged<InterruptSignal>
    var globals: Register
    /// The last frame that a call within the language may take.
    var lastFrame: UnsafeMutablePointer<Machine.Frame>
    /// Registers below it hold values.
    var initializedEnd: Register
  }

  /// One handler for each value of an instruction's opcode byte.
  private static let tableSize = 256 * MemoryLayout<Handler>.stride

  static func allocateContext() -> Raw {
    let memory = Raw.allocate(byteCount: tableSize + MemoryLayout<Context>.stride, alignment: 64)
    for opcode in 0..<256 { memory.storeBytes(of: limn_handler_rare(), toByteOffset: opcode * 8, as: Handler.self) }
    install { opcode, handler in
      memory.storeBytes(of: handler, toByteOffset: Int(opcode.rawValue) * 8, as: Handler.self)
    }
    return memory
  }

  // MARK: Going on

  /// Goes on with the instruction at a place.
  @inline(__always)
  static func run(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw) {
    let word = n.pointee
    let handler = m.load(fromByteOffset: Int(word & 0xFF) &* 8, as: Handler.self)
    return handler(n + 1, r, k, f, m, word)
  }

  /// Does an instruction the long way: it may call Swift, and throw.
  @_silgen_name("limn_instruction_rare") @usableFromInline @inline(never)
  static func rare(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard let next = machine(m).step(n, registers(r), registers(k), frame(f), w) else {
      return fail(machine(m).next, r, k, f, m, w)
    }
    return run(next, r, k, f, m)
  }

  /// Goes on with the handler of the machine's failure, or returns when there is none.
  @inline(never)
  static func fail(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    guard machine(m).recover(n, registers(r), frame(f)) else { return }
    let top = machine(m).frameTop
    return run(
      machine(m).next, Raw(machine(m).current), Raw(top.pointee.entry.pointee.constants), Raw(top), m)
  }

  /// Lets go of what register A holds, and does the instruction again: handlers that write a number leave objects to
  /// it. Operands that are numbers are not in that register.
  @inline(never)
  static func dropTarget(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {
    a(r, w).put(.nil)
    return run(n - 1, r, k, f, m)
  }

  @_silgen_name("limn_instruction_halt") @usableFromInline
  static func halt(_ n: Next, _ r: Raw, _ k: Raw, _ f: Raw, _ m: Raw, _ w: UInt32) {}

  // MARK: Operands

  @inline(__always) static func a(_ base: Raw, _ word: UInt32) -> Register {
    (base + Int((word >> 4) & 0xFF0)).assumingMemoryBound(to: Value.self)
  }
  @inline(__always) static func b(_ base: Raw, _ word: UInt32) -> Register {
    (base + Int((word >> 12) & 0xFF0)).assumingMemoryBound(to: Value.self)
  }
  @inline(__always) static func c(_ base: Raw, _ word: UInt32) -> Register {
    (base + Int((word >> 20) & 0xFF0)).assumingMemoryBound(to: Value.self)
  }
  @inline(__always) static func registers(_ base: Raw) -> Register { base.assumingMemoryBound(to: Value.self) }
  @inline(__always) static func frame(_ f: Raw) -> UnsafeMutablePointer<Machine.Frame> {
    f.assumingMemoryBound(to: Machine.Frame.self)
  }
  @inline(__always) static func context(_ m: Raw) -> UnsafeMutablePointer<Context> {
    (m + tableSize).assumingMemoryBound(to: Context.self)
  }
  @inline(__always) static func machine(_ m: Raw) -> Machine {
    context(m).pointee.machine._withUnsafeGuaranteedRef { $0 }
  }
  @inline(__always) static func isRaised(_ m: Raw) -> Bool {
    context(m).pointee.signal._withUnsafeGuaranteedRef { $0.isRaised }
  }
  /// A jump's distance, in the word after the instruction's own.
  @inline(__always) static func distance(_ n: Next) -> Int { Int(Int32(bitPattern: n.pointee)) }
}
