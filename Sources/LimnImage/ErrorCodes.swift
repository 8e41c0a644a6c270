import LimnTensor

extension TensorError.Code {
  /// There is no file of that name.
  public static let missingFile = Self("missing-file")
  /// There is no folder of that name.
  public static let missingFolder = Self("missing-folder")
  /// The system does not let the user read or write there.
  public static let permissionDenied = Self("permission-denied")
  /// A file that is there but cannot be read.
  public static let cannotRead = Self("cannot-read")
  /// A file that cannot be written, for instance because the disk is full.
  public static let cannotWrite = Self("cannot-write")
  /// A file that is cut short, damaged, or not of the format that was expected.
  public static let corruptFile = Self("corrupt-file")
  /// Data that is not on this machine, or a folder without any.
  public static let missingData = Self("missing-data")
  /// A picture of a size that cannot be.
  public static let badImage = Self("bad-image")
  /// A text that a PNG cannot hold.
  public static let badText = Self("bad-text")
  /// A color map's name that there is not.
  public static let unknownColorMap = Self("unknown-color-map")
}
