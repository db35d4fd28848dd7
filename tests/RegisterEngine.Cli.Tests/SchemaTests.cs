using System.Text.Json;

namespace RegisterEngine.Cli.Tests;

public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ListedLayoutsAreShownAndWhatIsShownCanBeUsed()
    {
        string[] names = [.. Tool.Run(_folder.Path, "schema", "list").Lines.Select(line => line.Split(' ')[0])];
        Assert.Equal(["generic-delimited", "generic-fixed-width"], names);

        foreach (string name in names)
        {
            Outcome shown = Tool.Run(_folder.Path, "schema", "show", name);
            Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "schemas", $"{name}.json")), shown.Out);
            _folder.Write("layout.json", shown.Out);
            Assert.StartsWith($"{name}: 14 fields, 14 of them are read.", Tool.Run(_folder.Path, "schema", "check", "layout.json").Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void InferredLayoutReadsTheExtractThatItWasDraftedFrom()
    {
        Register.Write(_folder);
        _folder.Write("draft.json", Tool.Run(_folder.Path, "schema", "infer", "pai.csv").Out);
        Outcome outcome = Tool.Run(_folder.Path, "turnover", "pai.csv", "--schema", "draft.json", "--format", "csv");

        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal(Tool.Run(_folder.Path, "turnover", "pai.csv", "--format", "csv").Out, outcome.Out);
    }

    [Fact]
    public void CodesWithLeadingZerosAreNoNumbersAndTheMonthMayComeFirst()
    {
        _folder.Write("other.csv", "when,who,where\n12/31/2019,0180,01.5\n02/28/2019,1180,01.7\n");
        using var draft = JsonDocument.Parse(Tool.Run(_folder.Path, "schema", "infer", "other.csv").Out);

        Assert.Equal(["date", "string", "string"], draft.RootElement.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("type").GetString()));
        Assert.Equal("%m/%d/%Y", draft.RootElement.GetProperty("fields")[0].GetProperty("format").GetString());
    }

    [Fact]
    public void RegisterOfAnotherCountryNeedsALayoutAndNothingElse()
    {
        _folder.Write("sverige.csv", "Ar|Individ|Arbetsstalle|Kommun\n2020|a|X1|0180\n2021|a|X2|0180\n2020|b|X1|0180\n2021|b|X1|0180\n");
        _folder.Write("sverige.json", """
            { "name": "sverige", "registerengine": { "format": "delimited", "delimiter": "|" }, "fields": [
              { "name": "Ar", "type": "year", "registerengine": { "column": "year" } }, { "name": "Individ", "registerengine": { "column": "person" } },
              { "name": "Arbetsstalle", "registerengine": { "column": "workplace" } }, { "name": "Kommun", "registerengine": { "column": "municipality" } } ] }
            """);

        Assert.Equal(3, Tool.Run(_folder.Path, "turnover", "sverige.csv").Code);
        Assert.StartsWith(
            "2020-2021,workplace move,2,2,1,0.5,",
            Tool.Run(_folder.Path, "turnover", "sverige.csv", "--schema", "sverige.json", "--measure", "workplace-move", "--format", "csv").Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("""{ "name": "x", "fields": [ { "name": "p", "registerengine": { "colum": "person" } } ] }""", "colum")]
    public void WrongLayoutIsRefusedWithItsPlace(string json, string message)
    {
        Register.Write(_folder);
        _folder.Write("wrong.json", json);

        foreach (string[] arguments in (string[][])[["schema", "check", "wrong.json"], ["check", "pai.csv", "--schema", "wrong.json"]])
        {
            Outcome outcome = Tool.Run(_folder.Path, arguments);
            Assert.Equal((2, ""), (outcome.Code, outcome.Out));
            Assert.Contains("wrong.json", outcome.Error, StringComparison.Ordinal);
            Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        }
    }
}
