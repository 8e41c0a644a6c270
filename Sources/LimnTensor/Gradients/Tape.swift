#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The record from which gradients are computed.
///
/// # How gradients work
///
/// While a ``Recording`` is active on a thread, that thread has one tape: an array of entries, one for each operator
/// that ran and whose result depends on a *target*, in the order in which they ran. A tensor knows its entry by the
/// tape's identity and an index (``Node``), and holds no reference to the tape: when a recording ends, its tape is
/// gone, and what left it is a plain value.
///
/// **Bits.** Each group of targets (an optimizer's weights, or the `x` of `grad(f, x)`) owns a bit. A leaf has the bits
/// of its groups, and every other entry has the union of its inputs' bits: the groups that it depends on. An operator
/// none of whose inputs has a bit that is being recorded leaves no entry. The backward pass for one group visits the
/// entries with its bit alone, and asks rules only for gradients of inputs that have it: in a GAN, the discriminator's
/// loss costs nothing in the generator, though both losses share one forward pass.
///
/// **Backward** walks the array from the loss's entry to the first, without recursion. Each entry's rule turns the
/// gradient of its output into gradients of its inputs, and those are summed up per entry. As the walk passes an entry
/// that no other group waits for, it frees it, and with it the activations that its rule holds.
///
/// **Gradients of gradients.** Nested recordings share the thread's tape and differ in their bits. Rules are written
/// with differentiable operators; when an outer recording is active, what a backward pass computes is itself recorded
/// under the outer bits, and when none is, the operators see no live bit and record nothing.
///
/// # How to add an operator
///
/// (`docs/operators.md` has all of it: tests and the binding too.) One file, `Operators/<Name>.swift`, holds the shape rule, the forward computation, the gradient and the docs. The
/// smallest real example is the square, a function of each element:
///
/// ```swift
/// private enum Square: FloatFunction {                                       // the kernel, once for all float types
///   @inline(__always) static func value<L: Lanes>(_ x: L) -> L { x * x }
/// }
///
/// extension Tensor {
///   /// `x²`. Gradient: `2 x g`.
///   public func square() throws -> Tensor {
///     guard dtype.isFloat else { return try multiplied(by: self) }
///     let output = try mapFloats(Square.self)                                // forward, unrecorded
///     return record("square", output, from: self, { gradient in              // the rule, in operators
///       try gradient.multiplied(by: self).multiplied(by: 2)
///     })
///   }
/// }
/// ```
///
/// - Forward code fills a tensor from ``Tensor/uninitialized(_:_:)`` through raw pointers; `contiguous()` first if the
///   kernel wants order. The output must be a fresh object: ``record(_:_:from:_:)`` writes its place into it.
/// - With two inputs the rule also gets `needs`: compute `gradient(for: 0)` only if `needs(0)`, and return nil else.
///   With more, use the form that takes an array.
/// - A rule may capture inputs and outputs; they live as long as the entry. An input that the rule does not use should
///   not be captured.
/// - Where a fused kernel pays, use it in the rule when ``Tape/isRecording`` is false, and fall back on operators
///   otherwise, so that second derivatives stay right.
/// - An operator made of differentiable operators needs no rule at all.
/// - Check it in `Tests/LimnTensorTests/Operators/<Name>Tests.swift` with `checkGradients`, which compares first and
///   second derivatives with central differences in float64.
final class Tape {
  /// Tells this tape from every other that ever was. Zero is no tape.
  let identity: UInt64
  var entries: ContiguousArray<Entry> = []
  /// Bits that operators record now. Zero within `noGradient`.
  var recordedBits: UInt64 = 0
  /// Bits that belong to an active recording.
  var liveBits: UInt64 = 0
  /// Bits that a weight made now gets: those of the recordings that adopt new weights.
  var adoptingBits: UInt64 = 0
  /// The weights that were made, and adopted, since the outermost recording began.
  var adopted: [Weight] = []

  private init(identity: UInt64) { self.identity = identity }

  /// The tape of this thread, if a recording is active on it.
  @inline(__always)
  static var current: Tape? {
    guard let pointer = pthread_getspecific(key) else { return nil }
    return Unmanaged<Tape>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Begins this thread's tape. Pair with ``end()``.
  static func begin() -> Tape {
    let tape = Tape(identity: identities.next())
    pthread_setspecific(key, Unmanaged.passRetained(tape).toOpaque())
    return tape
  }

  func end() {
    pthread_setspecific(Self.key, nil)
    Unmanaged.passUnretained(self).release()
  }

  /// Whether an operator that runs now on a recorded input leaves an entry. A rule asks it before it takes a fused
  /// path.
  static var isRecording: Bool { current.map { $0.recordedBits != 0 } ?? false }

  /// The groups of targets that a tensor depends on.
  @inline(__always)
  func bits(of tensor: Tensor) -> UInt64 {
    tensor.node.tape == identity ? entries[tensor.node.entry].bits : 0
  }

  /// The entry of a tensor, or -1 when it has none on this tape.
  @inline(__always)
  func index(of tensor: Tensor) -> Int {
    tensor.node.tape == identity ? tensor.node.entry : -1
  }

  /// Adds an entry and ties `output` to it.
  @inline(__always)
  func append(_ name: StaticString, _ bits: UInt64, _ inputs: Inputs, _ rule: Rule, _ output: Tensor) {
    output.node = Node(tape: identity, entry: entries.count)
    entries.append(Entry(name: name, bits: bits, inputs: inputs, rule: rule, output: output))
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()

  private static let identities = Counter()
}

/// One operator that ran.
struct Entry {
  let name: StaticString
  /// The groups of targets that this entry depends on.
  var bits: UInt64
  let inputs: Inputs
  /// Nil once freed.
  var rule: Rule?
  /// Kept so that the first operator that made a NaN can be found. Nil once freed.
  var output: Tensor?
}

/// The entries that an operator's inputs stand for; -1 for a constant.
struct Inputs {
  var first = -1
  var second = -1
  /// Used instead of the other two when there are more inputs.
  var all: [Int] = []
}

/// Which of an operator's inputs a backward pass wants a gradient for.
public struct Needs {
  let bits: UInt64

  /// Whether input `index` is wanted. Beyond the 63rd all are.
  @inline(__always)
  public func callAsFunction(_ index: Int) -> Bool { bits >> UInt64(min(index, 63)) & 1 == 1 }
}

/// How an operator turns the gradient of its output into gradients of its inputs.
enum Rule {
  /// A target.
  case leaf
  /// The same value under another name, with more bits.
  case alias
  /// A part of the input. It has a case of its own, because its gradient can be added in place.
  indirect case part(Region, of: Shape)
  case one((Tensor) throws -> Tensor)
  case two((Tensor, Needs) throws -> (Tensor?, Tensor?))
  case many((Tensor, Needs) throws -> [Tensor?])
}
