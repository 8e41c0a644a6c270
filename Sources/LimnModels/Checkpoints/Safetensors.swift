import LimnImage
import LimnTensor

/// A file of named tensors in the safetensors format, mapped into memory.
///
/// ```swift
/// let file = try Safetensors("model.safetensors")
/// for entry in file.entries { print(entry.name, entry.type, entry.shape) }
/// let kernel = try file.tensor("encoder.kernel")
/// ```
///
/// Opening reads and checks the header alone; a tensor's elements are read when it is asked for.
public struct Safetensors: Sendable {
  /// An element type of the format.
  public enum ElementType: String, Sendable, CaseIterable {
    case float64 = "F64"
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case int64 = "I64"
    case int32 = "I32"
    case int16 = "I16"
    case int8 = "I8"
    case uint8 = "U8"
    case bool = "BOOL"

    /// Bytes of one element.
    public var byteCount: Int {
      switch self {
      case .float64, .int64: 8
      case .float32, .int32: 4
      case .float16, .bfloat16, .int16: 2
      case .int8, .uint8, .bool: 1
      }
    }

    /// The type that elements have once they are read: the same, or the next wider that tensors have.
    public var dtype: DType {
      switch self {
      case .float64: .float64
      case .float32, .float16, .bfloat16: .float32
      case .int64: .int64
      case .int32, .int16, .int8: .int32
      case .uint8: .uint8
      case .bool: .bool
      }
    }
  }

  /// What the header says of one tensor.
  public struct Entry: Equatable, Sendable {
    public let name: String
    public let type: ElementType
    public let shape: [Int]
    /// Where its elements lie, counted from the end of the header.
    public let bytes: Range<Int>
  }

  /// The tensors, in the order of their places in the file.
  public let entries: [Entry]
  /// The file's own notes: names and texts.
  public let metadata: [String: String]

  private let path: String
  private let file: MappedFile
  private let dataStart: Int
  private let indices: [String: Int]

  /// Opens a file and checks its header.
  ///
  /// - Throws: `missing-file`, `permission-denied`, `cannot-read`; `corrupt-file` when anything in it is at odds.
  public init(_ path: String) throws(TensorError) {
    file = try MappedFile(path)
    let header = try SafetensorsHeader(file.bytes, name: path)
    self.path = path
    entries = header.entries
    metadata = header.metadata
    dataStart = header.dataStart
    indices = Dictionary(uniqueKeysWithValues: header.entries.enumerated().map { ($1.name, $0) })
  }

  /// The tensor of that name; halves become float32, and short integers int32.
  ///
  /// Elements that need no conversion and are aligned stay in the mapped file, which lives as long as the tensor does.
  ///
  /// - Throws: `missing-tensor` when the file has none of that name; `bad-shape` for more than eight axes;
  ///   `out-of-memory`.
  public func tensor(_ name: String) throws -> Tensor {
    guard let index = indices[name] else {
      throw TensorError(
        .missingTensor, "\(path) has no tensor \"\(name)\"",
        notes: [
          "it has " + entries.prefix(8).map { "\"\($0.name)\"" }.joined(separator: ", ")
            + (entries.count > 8 ? " and \(entries.count - 8) more" : "")
        ])
    }
    let entry = entries[index]
    // The header was checked: these bytes lie in the file, and are as many as the shape needs.
    let start = dataStart + entry.bytes.lowerBound
    if entry.type.isReadInPlace && start.isMultiple(of: entry.type.byteCount) {
      let storage = Storage(borrowing: file.bytes, owner: file)
      return try Tensor(storage: storage, byteOffset: start, shape: Shape(entry.shape), dtype: entry.type.dtype)
    }
    let tensor = try Tensor.uninitialized(Shape(entry.shape), entry.type.dtype)
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[start..<(start + entry.bytes.count)])
    withExtendedLifetime((file, tensor)) { entry.type.read(bytes, into: tensor) }
    return tensor
  }
}

extension TensorError.Code {
  /// A file of tensors lacks the one that is wanted.
  public static let missingTensor = Self("missing-tensor")
}
