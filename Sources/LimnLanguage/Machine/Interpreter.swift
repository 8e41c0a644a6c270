import Dispatch

/// An interpreter of the language: its names and values, and the machine that runs its code.
///
///     let interpreter = Interpreter(bindings: CoreLibrary.bindings)
///     let result = try interpreter.evaluate(Source(name: "<input>", text: "1 + 2"))   // .int(3)
///
/// Interpreters share no state. One is used on one thread at a time; `interruptSignal` alone may be used from another.
public final class Interpreter {
  /// What `print` writes its text to, line break included.
  public var output: (String) -> Void = { print($0, terminator: "") }
  /// What `show` gives a value to, with the `id:` of a display that is to be replaced.
  public var display: (Value, String?) throws -> Void = { _, _ in }
  /// What `input` asks: shows the prompt and gives the line without its break, nil at the end of input.
  public var input: (String) throws -> String? = { _ in nil }
  /// Where modules' texts come from.
  public var loader: (any ModuleLoader)?
  /// What a program may use up; nothing is limited at first. See `setDeadline` for time.
  public var limits = Limits() {
    didSet { machine.apply(limits) }
  }
  /// Stops this interpreter from another thread or a signal handler.
  public let interruptSignal = InterruptSignal()

  /// The table that `bindings` were given in, for help, completion, and the manual.
  public let bindings: [Binding]
  public let constants: [ConstantBinding]

  let heap = Heap()
  let machine: Machine
  /// Built-in names, and behind them nothing.
  let builtins = GlobalScope(parent: nil)
  /// What units and `define` have declared.
  var globals: GlobalScope
  var modules: [String: ModuleObject] = [:]
  /// Modules that are being compiled or run, outermost first: one that imports any of them closes a cycle.
  var modulesInProgress: [String] = []
  private lazy var methods = makeMethods()
  private var typeCount: UInt32 = 0
  private var deadline: DispatchWorkItem?

  /// The bindings of one name that are methods, and the types that have it.
  private struct MethodSet {
    var builtin: BuiltinObject
    var receivers: [ValueType]
    var mask: UInt32
  }

  public init(bindings: [Binding] = [], constants: [ConstantBinding] = [], loader: (any ModuleLoader)? = nil) {
    self.bindings = bindings
    self.constants = constants
    self.loader = loader
    globals = GlobalScope(parent: builtins)
    machine = Machine(heap: heap, signal: interruptSignal)
    machine.owner = self
    let signal = interruptSignal
    heap.onPressure = { signal.raise(InterruptSignal.Request.collect) }
    declareNative(module: nil, in: builtins)
  }

  deinit {
    deadline?.cancel()
    machine.removeAll()
    modules = [:]
    heap.collectCycles()
    heap.onPressure = {}
  }

  // MARK: Native names

  /// Declares the bindings and constants of a module, or of the core library, in order.
  func declareNative(module: String?, in scope: GlobalScope) {
    let (names, places) = places { $0.module == module }
    for name in names {
      let builtin = BuiltinObject(name: name, bindings: bindings, places: places[name] ?? [])
      declare(name, .object(builtin), in: scope)
    }
    for constant in constants where constant.module == module { declare(constant.name, constant.value, in: scope) }
  }

  /// The places in the table of some bindings, by their names, and these names in the table's order.
  private func places(where isWanted: (Binding) -> Bool) -> (names: [String], places: [String: [Int]]) {
    var names: [String] = []
    var places: [String: [Int]] = [:]
    for place in bindings.indices where isWanted(bindings[place]) {
      let name = bindings[place].name
      if places[name] == nil { names.append(name) }
      places[name, default: []].append(place)
    }
    return (names, places)
  }

  private func makeMethods() -> [String: MethodSet] {
    places { !$0.receivers.isEmpty }.places.reduce(into: [:]) { methods, group in
      let receivers = group.value.flatMap { bindings[$0].receivers }
      methods[group.key] = MethodSet(
        builtin: BuiltinObject(name: group.key, bindings: bindings, places: group.value), receivers: receivers,
        mask: receivers.reduce(0) { $0 | $1.mask })
    }
  }

  /// Gives a name in a scope a value; a new name gets a slot.
  func declare(_ name: String, _ value: Value, in scope: GlobalScope) {
    guard let slot = scope.slot(of: name) ?? machine.makeGlobal() else { return }
    machine.setGlobal(slot, to: value)
    scope.declare(Variable(name: name, place: .global(slot: slot), isMutable: false, declaration: nil))
  }

  /// The built-in function of a name that is a method of the value's type.
  func method(_ name: String, of value: Value) -> BuiltinObject? {
    guard let set = methods[name] else { return nil }
    return set.mask & value.kindBit != 0 || set.receivers.contains { $0.accepts(value) } ? set.builtin : nil
  }

  /// Names of the built-in functions that are methods of the value's type, in order of the table.
  func methodNames(of value: Value) -> [String] {
    var seen: Set<String> = []
    return bindings.compactMap { binding in
      seen.insert(binding.name).inserted && method(binding.name, of: value) != nil ? binding.name : nil
    }
  }

  func makeTypeIdentity() -> UInt32 {
    typeCount &+= 1
    return typeCount
  }

  /// The name that has a slot, for a message.
  func name(ofSlot slot: Int) -> String? {
    for scope in [globals, builtins] + modules.values.map(\.scope) {
      if let name = scope.names.first(where: { scope.slot(of: $0) == slot }) { return name }
    }
    return nil
  }

  // MARK: Limits

  /// Stops what runs with the fault `interrupted`. Safe in a signal handler, as is `interruptSignal.interrupt()`.
  public func interrupt() { interruptSignal.interrupt() }

  /// Stops what runs with the fault `deadline-exceeded` when the time has passed; nil for no limit.
  public func setDeadline(after duration: Duration?) {
    deadline?.cancel()
    deadline = nil
    interruptSignal.clear(InterruptSignal.Request.deadline)
    guard let duration else { return }
    let signal = interruptSignal
    let item = DispatchWorkItem { signal.raise(InterruptSignal.Request.deadline) }
    deadline = item
    let (seconds, attoseconds) = duration.components
    let nanoseconds = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let total = nanoseconds.overflow ? Int64.max / 2 : nanoseconds.partialValue + attoseconds / 1_000_000_000
    Interpreter.clock.asyncAfter(deadline: .now() + .nanoseconds(Int(clamping: max(0, total))), execute: item)
  }

  /// A queue of its own has a thread even when every processor is busy running programs.
  private static let clock = DispatchQueue(label: "limn.deadline")

  /// Throws when the run has been interrupted or its time is up; long-running built-ins ask now and then.
  public func checkInterrupt() throws {
    if interruptSignal.isRaised { try machine.attend() }
  }

  /// The place of the call in progress: the innermost in the user's own text.
  public var currentLocation: CallLocation? { machine.location }
}
