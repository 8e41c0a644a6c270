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
  public var display: (Value, String?) throws -> Void
  /// What `input` asks: shows the prompt and gives the line without its break, nil at the end of input.
  public var input: (String) throws -> String? = { _ in nil }
  /// Where modules' texts come from.
  public var loader: (any ModuleLoader)?
  /// Stops this interpreter from another thread or a signal handler.
  public let interruptSignal = InterruptSignal()

  /// The table that `bindings` were given in, for help, completion, and the manual.
  public let bindings: [Binding]
  public let constants: [ConstantBinding]

  let heap = Heap()

  public init(bindings: [Binding] = [], constants: [ConstantBinding] = [], loader: (any ModuleLoader)? = nil) {
    self.bindings = bindings
    self.constants = constants
    self.loader = loader
    display = { _, _ in }
  }

  /// The place of the call in progress.
  public var currentLocation: CallLocation? { nil }
}

// MARK: Programs

extension Interpreter {
  /// Parses and resolves units in order, each seeing the names of those before it, without running any.
  ///
  /// Throws a `DiagnosticError` with every error of every unit; then no name has been declared.
  public func compile(_ sources: [Source]) throws -> [CompiledUnit] { [] }

  /// Runs a unit and gives the value of its last expression, or nil. Throws a `DiagnosticError`; effects before the fault
  /// stand, and the interpreter can go on.
  public func run(_ unit: CompiledUnit) throws -> Value { .nil }

  /// Compiles and runs one unit.
  public func evaluate(_ source: Source) throws -> Value { .nil }

  /// Runs one `test` block of a unit that has been run. Throws a `DiagnosticError` when the test fails.
  public func run(_ test: TestBlock) throws {}

  /// Stops what runs with the fault `deadline-exceeded` when the time has passed; nil for no limit.
  public func setDeadline(after duration: Duration?) {}
}

/// A unit that can be run.
public struct CompiledUnit {
  public let source: Source
  /// Whether the last expression ends with `;`.
  public let isQuiet: Bool
  /// The unit's `test` blocks, in order.
  public let tests: [TestBlock]
}

/// A `test "name" { ... }`.
public struct TestBlock {
  public let name: String
}

// MARK: Names

extension Interpreter {
  /// Names that units and `define` have declared, in order.
  public var globalNames: [String] { [] }
  /// Names of the core library, in order of the binding table.
  public var builtinNames: [String] { [] }
  /// The value of a top-level or built-in name; nil when it has none.
  public func global(_ name: String) -> Value? { nil }
  /// Declares a top-level name that cannot be assigned to, or gives it a new value.
  public func define(_ name: String, _ value: Value) {}
  /// Forgets every top-level name and module: `%reset`.
  public func reset() {}
  /// What may follow `value.`: fields, methods, properties, and built-in functions of its type.
  public func memberNames(of value: Value) -> [String] { [] }
}

// MARK: What bindings use

extension Interpreter {
  /// Calls a function, type, or other callable value, with what runs now as its caller. Throws its fault.
  public func call(_ callee: Value, _ arguments: [Value] = [], named: [(String, Value)] = []) throws -> Value { .nil }

  /// Throws when the run has been interrupted or its time is up; long-running built-ins ask now and then.
  public func checkInterrupt() throws {}

  /// Goes through what `for` goes through; the body gives false to stop.
  public func iterate(_ sequence: Value, _ body: (Value) throws -> Bool) throws {}
  /// What `len` gives.
  public func length(of value: Value) throws -> Int { 0 }
  /// `x.name`, such as a property of a host object.
  public func member(_ name: String, of value: Value) throws -> Value { .nil }
  /// An operator applied as the language applies it.
  public func binary(_ operation: BinaryOperator, _ left: Value, _ right: Value) throws -> Value { .nil }
  /// Deep equality, as `equal(a, b)`, `in`, and `index_of` use it: tensors are compared whole.
  public func equal(_ left: Value, _ right: Value) throws -> Bool { false }
  /// Order, as `<` and `sort` use it: numbers, strings, lists of them, instances with `less`.
  public func less(_ left: Value, _ right: Value) throws -> Bool { false }
  /// A deep copy that keeps sharing within.
  public func copy(_ value: Value) throws -> Value { value }
  /// The text of `print(x)` and `str(x)`: a string bare.
  public func describe(_ value: Value) throws -> String { "" }
  /// The text of `repr(x)`, and of a value in a container: a string quoted.
  public func repr(_ value: Value) throws -> String { "" }
}
