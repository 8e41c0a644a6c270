import Testing

@testable import LimnImage

@Suite struct RecipeTests {
  @Test func aRecipeSurvivesAPNG() throws {
    let recipe = Recipe(
      software: "Limn 0.1", notebook: "dcgan.md", cell: "train", seed: .max,
      parameters: [("epochs", "5"), ("name", "naïve λ"), ("odd=name\\", "two\nlines = \\n"), ("empty", "")])
    let image = try ramp(width: 3, height: 2, channels: .gray)
    let contents = try PNG.decode(PNG.encode(image, text: recipe.chunks), name: "recipe")
    #expect(Recipe(chunks: contents.text) == recipe)
  }

  @Test func onlyTheNotebooksNameIsKept() {
    #expect(Recipe(software: "Limn", notebook: "/home/someone/private/dcgan.md").notebook == "dcgan.md")
  }

  @Test func parametersAreLinesOfNameAndValue() {
    let chunks = Recipe(software: "Limn", parameters: [("epochs", "5"), ("rate", "0.1")]).chunks
    #expect(chunks.last == PNGText(keyword: "Parameters", text: "epochs=5\nrate=0.1"))
  }

  @Test func aPNGWithoutSoftwareHasNoRecipe() {
    #expect(Recipe(chunks: [PNGText(keyword: "Title", text: "a sunset")]) == nil)
  }
}
