#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The virtual machine: registers, frames, and globals in raw memory, and what runs on them.
///
/// It is a register machine. Each instruction has a handler, which ends with a jump to the next one's (see
/// `Instructions`); the state of the running function (where its next instruction, registers, constants, and frame are)
/// is in the handlers' arguments. A call within the language pushes a frame that remembers the caller's state, and
/// slides the register window up to the callee's arguments; `execute` calls itself only where a Swift function calls
/// back into the language.
///
/// What is rare is out of line, in functions that are given registers as pointers (`step`, `prepare`). They note the
/// running state first (`note`), since they may run other code or ask where it is; a trace is found by it too.
final class Machine {
  /// The interpreter that owns the machine, set as soon as there is one.
  unowned(unsafe) var owner: Interpreter?
  var interpreter: Interpreter { owner.unsafelyUnwrapped }
  let heap: Heap
  let signal: InterruptSignal
  let unsetObject = UnsetObject()
  let unset: Value

  /// A function that runs, and where it returns to.
  struct Frame {
    /// The caller's next instruction and registers, and where it wants the result.
    var next: UnsafeMutablePointer<UInt32>
    var registers: UnsafeMutablePointer<Value>
    var result: UnsafeMutablePointer<Value>
    /// The function itself.
    var entry: UnsafeMutablePointer<Prototype.Entry>
    var captures: UnsafeMutablePointer<Value>
  }

  // MARK: Memory

  private let registers: UnsafeMutablePointer<Value>
  private let registersEnd: UnsafeMutablePointer<Value>
  /// Registers below it hold values; those above are raw memory, for which the system has not given a page yet.
  private(set) var initializedEnd: UnsafeMutablePointer<Value> {
    get { Instructions.context(context).pointee.initializedEnd }
    set { Instructions.context(context).pointee.initializedEnd = newValue }
  }
  private let frames: UnsafeMutablePointer<Frame>
  /// The last frame that a call within the language may take; calls from Swift have a few more.
  let lastFrame: UnsafeMutablePointer<Frame>
  let globals: UnsafeMutablePointer<Value>
  private(set) var globalCount = 0

  /// How deep calls may nest.
  static let maximumFrames = 200_000
  static let maximumRegisters = 6_000_000
  static let maximumGlobals = 65_536
  /// How often Swift may call back into the language from what the language called.
  static let maximumNativeDepth = 200

  /// What is there when nothing runs.
  var firstFrame: UnsafeMutablePointer<Frame> { frames }
  /// The table of handlers, and what they see of the machine.
  let context: Raw

  // MARK: The running function, as last noted

  var next: UnsafeMutablePointer<UInt32>
  var current: UnsafeMutablePointer<Value>
  var frameTop: UnsafeMutablePointer<Frame>
  /// Registers from here on are free for a call from Swift.
  var nativeTop: UnsafeMutablePointer<Value>
  var nativeDepth = 0
  /// The lowest address that this thread's stack may reach, with a margin; 0 until `run` looks it up.
  var stackLimit: UInt = 0
  /// How many turns of loops and calls may still run, where they are counted.
  var stepsLeft = Int.max
  /// What an instruction failed with, until a handler takes it or `execute` throws it.
  var failure: (any Error)?
  /// Functions that run although the globals that they were called through have new values.
  var retired: [Value] = []

  /// What a call from Swift returns to: a function whose only instruction is `halt`.
  let boundary: Prototype

  init(heap: Heap, signal: InterruptSignal) {
    self.heap = heap
    self.signal = signal
    unset = .object(unsetObject)
    registers = .allocate(capacity: Machine.maximumRegisters)
    registersEnd = registers + Machine.maximumRegisters
    frames = .allocate(capacity: Machine.maximumFrames + 2 * Machine.maximumNativeDepth + 2)
    lastFrame = frames + Machine.maximumFrames
    frameTop = frames
    context = Instructions.allocateContext()
    globals = .allocate(capacity: Machine.maximumGlobals)
    var code = CodeBuilder()
    code.emit(.halt)
    boundary = Prototype(
      code, registerCount: 1, heldCount: 1, usesCallee: true, captures: [],
      header: FunctionHeader(
        name: nil, signature: "", source: Source(name: "", text: "", isLibrary: true), parameters: []))
    next = boundary.code
    current = registers
    nativeTop = registers
    frames.initialize(
      to: Frame(
        next: boundary.code, registers: registers, result: registers, entry: boundary.entry, captures: registers))
    Instructions.context(context).initialize(
      to: Instructions.Context(
        machine: .passUnretained(self), signal: .passUnretained(signal), globals: globals, lastFrame: lastFrame,
        initializedEnd: registers))
  }

  deinit {
    globals.deinitialize(count: globalCount)
    globals.deallocate()
    registers.deinitialize(count: initializedEnd - registers)
    registers.deallocate()
    frames.deallocate()
    context.deallocate()
  }

  /// Lets go of all that registers and globals hold, so that what is left in the heap is garbage.
  func removeAll() {
    for index in 0..<globalCount { globals[index] = .nil }
    var register = registers
    while register < initializedEnd {
      register.pointee = .nil
      register += 1
    }
  }

  /// Calls a function with all that registers and globals hold.
  func visitRoots(_ visit: (Value) -> Void) {
    for index in 0..<globalCount { visit(globals[index]) }
    var register = registers
    while register < initializedEnd {
      visit(register.pointee)
      register += 1
    }
  }

  /// A new global, not set; nil when there are too many.
  func makeGlobal() -> Int? {
    guard globalCount < Machine.maximumGlobals else { return nil }
    (globals + globalCount).initialize(to: unset)
    globalCount += 1
    return globalCount - 1
  }

  /// Gives globals back that were made last and never used.
  func removeGlobals(downTo count: Int) {
    while globalCount > count {
      globalCount -= 1
      (globals + globalCount).deinitialize(count: 1)
    }
  }

  /// Makes registers hold values up to an address; false when there are not so many.
  @inline(never)
  func reserve(upTo end: UnsafeMutablePointer<Value>) -> Bool {
    guard end <= registersEnd else { return false }
    let wanted = end + 4096 > registersEnd ? registersEnd : end + 4096
    if wanted > initializedEnd {
      initializedEnd.initialize(repeating: .nil, count: wanted - initializedEnd)
      initializedEnd = wanted
    }
    return true
  }

  /// Notes the state of the running function, for traces and for calls from Swift.
  @inline(__always)
  func note(
    _ next: UnsafeMutablePointer<UInt32>, _ registers: UnsafeMutablePointer<Value>,
    _ frame: UnsafeMutablePointer<Frame>
  ) {
    self.next = next
    current = registers
    frameTop = frame
    nativeTop = registers + frame.pointee.entry.pointee.registerCount
  }

  /// Notes that more words of the running instruction have been read.
  @inline(__always)
  func note(_ next: UnsafeMutablePointer<UInt32>) { self.next = next }

  // MARK: Interrupts

  /// Does what has been asked for from outside: collects cycles, or throws.
  @inline(never)
  func attend() throws {
    let request = signal.take()
    if request & InterruptSignal.Request.collect != 0 {
      heap.collectCycles()
      if let limit = heap.memoryLimit, memoryInUse() > limit { throw Fault.memoryExceeded(limit) }
    }
    if request & InterruptSignal.Request.interrupt != 0 { throw Fault.interrupted() }
    if request & InterruptSignal.Request.deadline != 0 { throw Fault.deadlineExceeded() }
    if request & InterruptSignal.Request.count != 0 {
      guard stepsLeft > 0 else { throw Fault.stepsExceeded() }
      stepsLeft -= 1
    }
  }

  // MARK: The stack of the thread

  /// Looks up how far down this thread's stack may go.
  func findStackLimit() {
    #if canImport(Glibc) || canImport(Musl)
      var attributes = pthread_attr_t()
      var address: UnsafeMutableRawPointer?
      var size = 0
      guard threadAttributes(pthread_self(), &attributes) == 0 else { return }
      defer { pthread_attr_destroy(&attributes) }
      guard pthread_attr_getstack(&attributes, &address, &size) == 0, let address else { return }
      stackLimit = UInt(bitPattern: address) + Machine.stackMargin
    #elseif canImport(Darwin)
      let top = UInt(bitPattern: pthread_get_stackaddr_np(pthread_self()))
      stackLimit = top - UInt(pthread_get_stacksize_np(pthread_self())) + Machine.stackMargin
    #endif
  }

  /// What a Swift function that the language calls may use.
  private static let stackMargin: UInt = 192 * 1024

  /// Whether the thread's stack is nearly used up.
  @inline(never)
  var isStackExhausted: Bool {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) < stackLimit }
  }
}

#if canImport(Glibc) || canImport(Musl)
  /// The attributes of a running thread; a GNU extension that the module map leaves out.
  @_silgen_name("pthread_getattr_np")
  private func threadAttributes(_ thread: pthread_t, _ attributes: UnsafeMutablePointer<pthread_attr_t>) -> Int32
#endif
