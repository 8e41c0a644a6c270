import FoundationEssentials
import LimnTensor

/// Folders of PNG files as training data.
public enum ImageFolder {
  /// Reads all PNG files of a folder, made one size.
  ///
  /// ```swift
  /// let (icons, names) = try ImageFolder.read("icons", height: 16, width: 16)
  /// icons.shape   // [names.count, 16, 16, 3]
  /// ```
  ///
  /// - Parameters:
  ///   - folder: Where the files are. Files whose names begin with a dot, and those that do not end in `.png`, are
  ///     passed over.
  ///   - height: Every picture's height afterwards, in pixels.
  ///   - width: Every picture's width afterwards, in pixels. Proportions are not kept.
  ///   - channels: Every picture's channels afterwards.
  ///   - recursive: Whether folders inside are searched too.
  ///   - method: How pictures of another size are resized.
  ///   - background: What stands behind transparent pixels when `channels` has no alpha.
  /// - Returns: Images float32 `[n, height, width, channels]` from 0 to 1, and the files' paths inside the folder,
  ///   both in the order of these paths' Unicode scalars.
  /// - Throws: `missing-folder`; `missing-data` when there is no PNG; what reading one of them throws, which names it.
  public static func read(
    _ folder: String, height: Int, width: Int, channels: Image.Channels = .rgb, recursive: Bool = false,
    method: Image.Resampling = .automatic, background: Image.Color = .white
  ) throws -> (images: Tensor, names: [String]) {
    try Image.checkSize(width: width, height: height)
    let names = try self.names(folder, recursive: recursive)
    let images = try Tensor.uninitialized(Shape([names.count, height, width, channels.count]), .float32)
    let size = height * width * channels.count
    try withExtendedLifetime(images) {
      let target = images.pointer(Float.self)
      for (index, name) in names.enumerated() {
        let image = try PNG.read(folder + "/" + name).image
          .resized(width: width, height: height, by: method)
          .converted(to: channels, over: background)
        for (offset, value) in image.unitSamples.enumerated() { target[index * size + offset] = value }
      }
    }
    return (images, names)
  }

  /// The paths of a folder's PNG files inside it, sorted.
  private static func names(_ folder: String, recursive: Bool) throws(TensorError) -> [String] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder else {
      throw TensorError(
        .missingFolder, "there is no folder \(folder)", help: "paths start at the notebook's or script's own folder")
    }
    var names: [String] = []
    do {
      names =
        try recursive
        ? FileManager.default.subpathsOfDirectory(atPath: folder)
        : FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw TensorError(.permissionDenied, "the folder \(folder) may not be read")
    }
    names = names.filter { name in
      let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
      var isFolder = false
      return !isHidden && name.lowercased().hasSuffix(".png")
        && FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder) && !isFolder
    }
    guard !names.isEmpty else {
      throw TensorError(
        .missingData, "there are no PNG files in \(folder)",
        help: recursive ? nil : "to search the folders inside it too: recursive: true")
    }
    return names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }
}
