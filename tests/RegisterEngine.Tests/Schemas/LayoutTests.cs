using System.Text;
using NJsonSchema;
using RegisterEngine.Columns;
using RegisterEngine.Schemas;
using RegisterEngine.Sources;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Schemas;

public sealed class LayoutTests
{
    private const string Minimal = """
        { "name": "x", "fields": [ { "name": "p", "registerengine": { "column": "person" } }, { "name": "w", "registerengine": { "column": "workplace" } } ],
          "registerengine": { "format": "delimited" } }
        """;

    public static string SchemaFolder => Path.Combine(Repository.Root, "schemas");

    [Fact]
    public async Task EveryLayoutSatisfiesTheJsonSchemaAndIsBuiltIn()
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(Path.Combine(SchemaFolder, "layout.schema.json"));
        List<string> files = [.. Directory.GetFiles(SchemaFolder, "*.json").Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            Assert.Empty(schema.Validate(await File.ReadAllTextAsync(file)));
            Assert.Contains(LayoutLibrary.BuiltIn, layout => layout.Name == LayoutReader.Read(file).Name);
        }
    }

    // They are made without reading the files, which are theirs to the letter all the same.
    [Fact]
    public void BuiltInLayoutsAreWhatTheirFilesSay()
    {
        foreach (Layout layout in LayoutLibrary.BuiltIn)
        {
            Layout read = LayoutReader.Parse(LayoutLibrary.BuiltInText(layout.Name)!, layout.Name);
            Assert.Equivalent(read, layout, strict: true);
            Assert.All(read.Fields.Zip(layout.Fields), pair => Assert.Equivalent(pair.First, pair.Second, strict: true));
        }
        Assert.Equal(Directory.GetFiles(SchemaFolder, "generic-*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal), LayoutLibrary.BuiltIn.Select(layout => layout.Name));
    }

    [Fact]
    public async Task JsonSchemaRefusesWhatTheReaderRefuses()
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(Path.Combine(SchemaFolder, "layout.schema.json"));
        Assert.Empty(schema.Validate(Minimal));
        foreach ((string from, string to) in ((string, string)[])[("\"person\"", "\"gender\""), ("\"delimited\"", "\"excel\""), ("\"format\"", "\"fromat\"")])
        {
            string wrong = Minimal.Replace(from, to);
            Assert.NotEmpty(schema.Validate(wrong));
            Assert.Throws<LayoutException>(() => LayoutReader.Parse(wrong, "x.json"));
        }
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("null", "empty")]
    [InlineData("""{ "fields": [] }""", "needs a name")]
    [InlineData("""{ "name": "x", "registerengine": { "format": "delimited" } }""", "needs fields")]
    [InlineData("""{ "name": "x", "fields": [ { "name": "p", "registerengine": { "column": "person" } } ] }""", "'workplace'")]
    [InlineData("""{ "name": "x", "fields": [ { "name": "p", "registerengine": { "column": "persn" } } ] }""", "fields[0] 'p'.registerengine.column: 'persn' is no canonical column")]
    [InlineData("""{ "name": "x", "fields": [ { "name": "p", "registerengine": { "colum": "person" } } ] }""", "colum")]
    [InlineData("""{ "name": "x", "fields": [ { "name": "p", "registerengine": { "column": "person" } }, { "name": "q", "registerengine": { "column": "person" } } ] }""", "'p' and 'q'")]
    [InlineData("""{ "name": "x", "fields": [ { "name": "d", "type": "date", "format": "%d %B", "registerengine": { "column": "start_date" } } ] }""", "no pattern")]
    [InlineData("""{ "name": "x", "fields": [ { "name": "p", "constraints": { "pattern": "(" } } ] }""", "regular expression")]
    [InlineData("""{ "name": "x", "registerengine": { "delimiter": "::" } }""", "'::' is not one of")]
    [InlineData("""{ "name": "x", "registerengine": { "encoding": "ebcdic" } }""", "'ebcdic' is not one of")]
    [InlineData("""{ "name": "x", "registerengine": { "years": { "from": 2020, "to": 2010 } } }""", "2020-2010 is no span")]
    [InlineData("""{ "name": "x", "fields": [ { "name": "p", "registerengine": { "column": "person", "start": 1, "length": 9 } }, { "name": "w", "registerengine": { "column": "workplace", "start": 9, "length": 9 } } ], "registerengine": { "format": "fixed-width", "recordLength": 16 } }""", "positions 9-17")]
    [InlineData("""{ "name": "x", "fields": [ { "name": "p", "registerengine": { "column": "person" } }, { "name": "w", "registerengine": { "column": "workplace" } } ], "registerengine": { "format": "fixed-width" } }""", "length of its records")]
    public void WrongLayoutIsAnErrorThatNamesThePlace(string json, string message)
    {
        LayoutException e = Assert.Throws<LayoutException>(() => LayoutReader.Parse(json, "my-layout.json"));

        Assert.StartsWith("my-layout.json", e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConstraintsAndKnownCodesAreApplied()
    {
        using var folder = new TemporaryFolder();
        folder.Write("codes.csv", "7174;Sykepleier\n7076;Helsefagarbeider\n");
        string layout = folder.Write("layout.json", """
            { "name": "strict", "missingValues": ["", "9999"], "fields": [
                { "name": "year", "registerengine": { "column": "year" } },
                { "name": "person", "constraints": { "pattern": "P[0-9]+" }, "registerengine": { "column": "person" } },
                { "name": "born", "registerengine": { "column": "birth_year" } },
                { "name": "workplace", "constraints": { "pattern": "[A-Z]" }, "registerengine": { "column": "workplace" } },
                { "name": "code", "registerengine": { "column": "position_code", "knownCodesFile": "codes.csv" } },
                { "name": "form", "constraints": { "enum": ["Fast", "Vikar"] }, "registerengine": { "column": "employment_form" } },
                { "name": "size", "constraints": { "maximum": 100, "required": true }, "registerengine": { "column": "position_size" } } ] }
            """);
        string extract = folder.Write("extract.csv", """
            year,person,born,workplace,code,form,size
            2020,P1,9999,A,7174,Fast,100
            2020,P2,1980,A,1234,Vikar,99.99
            2020,P3,1980,a,7174,Fast,100
            2020,P4,1980,A,7174,Timer,100
            2020,P5,1980,A,7174,Fast,100.01
            2020,P6,1980,A,7174,Fast,

            """);
        using RunResult result = Engine.Run([extract], plan => plan with
        {
            MaxRejects = new RejectLimit(10, null),
            Sources = plan.Sources with { Layouts = LayoutLibrary.Find([layout]) },
        });

        Assert.Equal([RejectReason.Pattern, RejectReason.Value, RejectReason.Range, RejectReason.Missing], result.Sources[0].Rejects.Select(reject => reject.Reason));
        Assert.Equal([4L, 5, 6, 7], result.Sources[0].Rejects.Select(reject => reject.Line));
        Assert.Equal(1, result.Sources[0].Counts[Finding.UnknownCode]);
        Assert.Equal([null, 1980], Engine.Panel(result).Select(row => row.BirthYear));
    }

    [Theory]
    [InlineData("utf-8", "år;personid;orgnr\n2020;Åse;1\n", "")]
    [InlineData("windows-1252", "", "år;personid;orgnr\r2020;Åse;1\r")]
    [InlineData("detect", "", "")]
    [InlineData("detect", "år;personid;orgnr\r2020;Åse;1\r", "2021;Åse;1\r")]
    public void DraftNamesAnEncodingOnlyWhereAllLinesHaveIt(string encoding, string utf8, string other)
    {
        using var folder = new TemporaryFolder();
        string extract = folder.Write("extract.csv", [.. Encoding.UTF8.GetBytes(utf8 + (utf8 + other == "" ? "aar;personid;orgnr\n2020;a;1\n" : "")), .. Encoding.Latin1.GetBytes(other)]);

        Assert.Contains($"\"encoding\": \"{encoding}\"", LayoutInference.Draft(ExtractInputs.Find([extract])[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e28", 1)]
    [InlineData("-1e28", 0)]
    [InlineData("37.5", 1)]
    [InlineData("37.49", 0)]
    public void BoundsMayBeBeyondWhatCanBeHeld(string maximum, int accepted)
    {
        using var folder = new TemporaryFolder();
        string layout = folder.Write("layout.json", Minimal.Replace("} ],", "}, { \"name\": \"s\", \"constraints\": { \"maximum\": " + maximum + " }, \"registerengine\": { \"column\": \"position_size\" } } ],"));
        using RunResult result = Engine.Run([folder.Write("pai_2020.csv", "p;w;s\na;b;37.50\n")], plan => plan with
        {
            MaxRejects = new RejectLimit(1, null),
            Sources = plan.Sources with { Layouts = LayoutLibrary.Find([layout]) },
        });

        Assert.Equal(accepted, result.Sources[0].Counts.Accepted);
    }

    [Fact]
    public void DraftOfAnExtractReadsThatExtract()
    {
        List<Employment> register = RandomRegister.Make(17);
        using var folder = new TemporaryFolder();
        string extract = folder.Write("Uttrekk 2020.csv", Employment.ToCsv(register).Replace("aar;personid", "aar;lopenummer").Replace(';', '\t'));
        string draft = LayoutInference.Draft(ExtractInputs.Find([extract])[0]);
        Layout layout = LayoutReader.Parse(draft.Replace("\"name\": \"lopenummer\",", "\"name\": \"lopenummer\", \"registerengine\": { \"column\": \"person\" },"), "draft.json");
        using RunResult result = Engine.Run([extract], plan => plan with { Sources = plan.Sources with { Layouts = [layout] } });

        Assert.Contains("No field was recognised as person", draft, StringComparison.Ordinal);
        Assert.Equal("uttrekk-2020", layout.Name);
        Assert.Equal((byte)'\t', layout.Delimiter);
        Assert.Equal(',', layout.FieldOf(RegisterColumn.PositionSize)!.DecimalSign);
        Assert.Equal(Engine.Panel(register), Engine.Panel(result));
    }
}
