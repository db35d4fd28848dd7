using System.Text;
using System.Text.Json;
using RegisterEngine.Cells;
using RegisterEngine.Publication.Tables;

namespace RegisterEngine.Tests.Publication;

public sealed class TableWriterTests
{
    private static readonly OutputTable Table = new(
        "rates", "Rates", [new("workplace_name", ValueKind.Text), new("n", ValueKind.Count), new("rate", ValueKind.Share), new("standard_deviation", ValueKind.Number)],
        [
            [Value.Of("Ærlig; \"Østre\", skole | a\\b"), Value.Of(1234567L), Value.Share(new Proportion(1, 8)), Value.Of(0.3535533905932738)],
            [Value.Of("Sol\nhaug\u001b[31m"), Value.Of(0L), Value.Share(0.1 + 0.2), Value.Of(-1234.5)],
            [Value.Missing, Value.Missing, Value.Missing, Value.Missing],
        ]);

    [Fact]
    public void CsvHasAllDigitsAndQuotesWhatMustBeQuoted() => Assert.Equal(
        "workplace_name,n,rate,standard_deviation\n" +
        "\"Ærlig; \"\"Østre\"\", skole | a\\b\",1234567,0.125,0.3535533905932738\n" +
        "\"Sol\nhaug\u001b[31m\",0,0.30000000000000004,-1234.5\n" +
        ",,,\n", Written.Text(Table, TableFormat.Csv));

    [Fact]
    public void NorwegianCsvHasAMarkSemicolonsDecimalCommasPercentAndNorwegianWords()
    {
        byte[] bytes = Written.Bytes(Table, TableFormat.NorwegianCsv);

        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(
            "virksomhetsnavn;antall;turnover (prosent);standardavvik\r\n" +
            "\"Ærlig; \"\"Østre\"\", skole | a\\b\";1234567;12,5;0,354\r\n" +
            "\"Sol\nhaug\u001b[31m\";0;30,0;-1234,500\r\n" +
            ";;;\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Theory]
    [InlineData("measure", "sector exit", "ut av kommunal sektor (kommunenivå)")]
    [InlineData("measure", "workplace exit", "ut av virksomheten (virksomhetsnivå hos KS)")]
    [InlineData("new_hire", "yes", "ja")]
    [InlineData("service_area", "unknown", "ukjent")]
    [InlineData("workplace_name", "yes", "yes")]
    [InlineData("workplace_name", "1.5", "1.5")]
    public void NorwegianCsvTranslatesWordsOfTheEngineAndNoneOfTheRegister(string column, string text, string expected) =>
        Assert.Equal(expected, Written.Lines(new OutputTable("t", "T", [new(column, ValueKind.Text)], [[Value.Of(text)]]), TableFormat.NorwegianCsv)[1]);

    [Fact]
    public void EveryMeasureHasANorwegianName() => Assert.All(
        Measures.All.Select(TurnoverOutput.NameOf), name => Assert.NotEqual(name, NorwegianWords.Text(new("measure", ValueKind.Text), name)));

    [Fact]
    public void JsonIsValidAndHasTheSameValues()
    {
        using var document = JsonDocument.Parse(Written.Text(Table, TableFormat.Json));
        JsonElement[] rows = [.. document.RootElement.EnumerateArray()];

        Assert.Equal(["workplace_name", "n", "rate", "standard_deviation"], rows[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("Ærlig; \"Østre\", skole | a\\b", rows[0].GetProperty("workplace_name").GetString());
        Assert.Equal("Sol\nhaug\u001b[31m", rows[1].GetProperty("workplace_name").GetString());
        Assert.Equal((1234567L, 0.125, 0.3535533905932738), (rows[0].GetProperty("n").GetInt64(), rows[0].GetProperty("rate").GetDouble(), rows[0].GetProperty("standard_deviation").GetDouble()));
        Assert.All(rows[2].EnumerateObject(), property => Assert.Equal(JsonValueKind.Null, property.Value.ValueKind));
    }

    [Fact]
    public void LargeJsonIsValid()
    {
        OutputTable table = Table with { Rows = Enumerable.Range(0, 20_000).Select(row => (Value[])[Value.Of($"æ{row}"), Value.Of((long)row), Value.Missing, Value.Of(row / 7.0)]) };
        using var document = JsonDocument.Parse(Written.Text(table, TableFormat.Json));

        Assert.Equal(Enumerable.Range(0, 20_000), document.RootElement.EnumerateArray().Select(row => row.GetProperty("n").GetInt32()));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void WhatIsNoNumberIsMissingAndNeverWritten(double number)
    {
        OutputTable table = Table with { Rows = [[Value.Of("a"), Value.Of(1L), Value.Share(number), Value.Of(number)]] };

        Assert.Equal("a,1,,", Written.Lines(table, TableFormat.Csv)[1]);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(Written.Text(table, TableFormat.Json)).RootElement[0].GetProperty("rate").ValueKind);
    }

    [Fact]
    public void MarkdownKeepsARowOnItsLineAndACellInItsColumn() => Assert.Equal(
        "### Rates\n\n" +
        "| workplace name | n | rate % | standard deviation |\n" +
        "|---|---:|---:|---:|\n" +
        "| Ærlig; \"Østre\", skole \\| a\\\\b | 1234567 | 12.5 | 0.354 |\n" +
        "| Sol haug [31m | 0 | 30.0 | -1234.500 |\n" +
        "|  |  |  |  |\n", Written.Text(Table, TableFormat.Markdown));

    [Fact]
    public void SeveralTablesAreOneJsonObject()
    {
        using var document = JsonDocument.Parse(Written.Text([Table, Table with { Name = "more" }], TableFormat.Json));

        Assert.Equal(["rates", "more"], document.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.All(document.RootElement.EnumerateObject(), property => Assert.Equal(3, property.Value.GetArrayLength()));
    }

    [Theory]
    [InlineData(TableFormat.Csv)]
    [InlineData(TableFormat.NorwegianCsv)]
    [InlineData(TableFormat.Markdown)]
    public void SeveralTablesHaveAnEmptyLineBetweenThemAndOneMark(TableFormat format)
    {
        string end = format == TableFormat.NorwegianCsv ? "\r\n" : "\n";
        string one = Written.Text(Table, format);

        Assert.Equal(one + end + one.TrimStart('\uFEFF'), Written.Text([Table, Table], format));
    }
}
