import FoundationEssentials
import LimnImage
import LimnLanguage
import LimnRuntime

extension NotebookRun {
  /// Sends what the session prints, shows, and reports to the present cell's outputs and to the front end.
  func connect() {
    session.output = { [unowned self] text in
      state.outputs[state.current].add(text: text)
      report(.text(text))
    }
    session.display = { [unowned self] shown, id in
      switch shown {
      case .text(let text):
        state.outputs[state.current].add(lines: text)
        report(.result(text))
      case .picture(let image):
        try add(image, id: id)
      }
    }
    session.progress = { [unowned self] event in
      state.outputs[state.current].follow(event)
      report(.progress(event))
    }
  }

  /// Adds a picture to the present cell's outputs, or puts it in the place of the last that was shown with its id.
  func add(_ image: Image, id: String?) throws {
    try openFolderForPicture()
    let cell = document.cells[state.current]
    let owner = id.flatMap { id in state.outputs[...state.current].lastIndex { $0.lastPicture(id: id) != nil } }
    let replaced = id.flatMap { id in owner.flatMap { state.outputs[$0].lastPicture(id: id) } }
    let file = replaced?.file ?? "images/\(cell.id)-\(state.outputs[state.current].pictureCount + 1).png"
    let png = try PNG.encode(image, text: recipe(cell).chunks)
    let picture = Picture(
      file: file, displayID: id, width: image.width, height: image.height, digest: Digest.sha256(png), png: png)
    if let owner { state.replacePicture(of: owner, by: picture) } else { state.outputs[state.current].add(picture) }
    report(
      .picture(PictureReport(file: file, width: image.width, height: image.height, isReplacement: replaced != nil)))
  }

  private func recipe(_ cell: Cell) -> Recipe {
    Recipe(
      software: RunEnvironment.software, notebook: document.name, cell: cell.id, seed: seed,
      parameters: parameters.entries.map { (name: chunkText($0.key), value: chunkText($0.value.text)) })
  }

  /// A PNG's text cannot hold a null character.
  private func chunkText(_ text: String) -> String { text.replacing("\0", with: "\\0") }

  // MARK: Saving

  /// The output folder's path: the command's, or else `NAME.out` beside the document.
  private var outputPath: String {
    if let folder = options.outputFolder { return folder }
    let name = String(FilePath(document.name).stem) + ".out"
    return options.folder == "." ? name : options.folder + "/" + name
  }

  /// A notebook's outputs are saved from the start; a script's only where the command says.
  func openFolderAtStart() throws {
    guard document.form == .notebook || options.outputFolder != nil else { return }
    try openFolder()
    try save()
  }

  private func openFolderForPicture() throws {
    if state.folder == nil { try openFolder() }
  }

  private func openFolder() throws {
    let rendered = document.form == .notebook ? [document.name] : []
    if document.form == .notebook { try refuseOwnFolder() }
    let folder = try OutputFolder(outputPath, writing: rendered, pictureIDs: document.cells.map(\.id))
    try folder.create()
    state.folder = folder
  }

  /// The rendered notebook must not take the notebook's own place.
  private func refuseOwnFolder() throws {
    let own = URL(fileURLWithPath: options.folder).resolvingSymlinksInPath().standardizedFileURL.path
    let output = URL(fileURLWithPath: outputPath).resolvingSymlinksInPath().standardizedFileURL.path
    guard own == output else { return }
    throw UsageError(
      "output-folder",
      "the outputs cannot be saved in the notebook's own folder: its copy with outputs has the same name",
      help: "choose another with -o DIR")
  }

  /// Writes everything that is known by now.
  func save() throws {
    guard state.folder != nil else { return }
    state.recordOutputs()
    let notebook: (name: String, bytes: [UInt8])? =
      document.form == .notebook
      ? (document.name, RenderedNotebook.bytes(of: document, outputs: state.outputs)) : nil
    try saving { try $0.save(record, pictures: state.unsavedPictures, notebook: notebook) }
    state.wasSaved()
  }

  /// Ends the run: its status is settled, and what the run before left is removed.
  func finish() throws -> RunReport {
    if state.status == .running { state.status = .succeeded }
    if state.folder != nil { try saving { try $0.finish(record) } }
    let report = RunReport(
      status: state.status, seconds: elapsed, outputFolder: state.folder?.path,
      notebook: state.folder != nil && document.form == .notebook ? document.name : nil)
    self.report(.finished(report))
    return report
  }

  /// Does something with the output folder; that it fails is no fault of a cell.
  private func saving(_ body: (inout OutputFolder) throws -> Void) throws {
    guard var folder = state.folder else { return }
    do {
      try body(&folder)
      state.folder = folder
    } catch let error as UsageError {
      throw error
    } catch {
      throw UsageError(
        error.diagnostics.map {
          var diagnostic = $0
          diagnostic.notes.append("outputs could not be saved in `\(folder.path)`")
          return diagnostic
        })
    }
  }

  // MARK: The record

  private var record: RunRecord {
    RunRecord(
      notebook: document.name, title: document.frontMatter.title, status: state.status, seed: seed,
      parameters: JSONValue(.map(parameters.entries)), threads: RunEnvironment.threads,
      versions: RunEnvironment.versions,
      processor: RunRecord.Processor(name: RunEnvironment.processor, kernels: RunEnvironment.kernels),
      started: started.formatted(.iso8601), seconds: elapsed, cells: state.cells, files: [])
  }

  var elapsed: Double { (ContinuousClock.now - startedClock).seconds }
}
