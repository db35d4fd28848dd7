using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources;
using RegisterEngine.Sources.Arrow;
using RegisterEngine.Sources.Tables;
using RegisterEngine.Tests.Support;

namespace RegisterEngine.Tests.Arrow;

/// <summary>Streams and files of the project that made the format, with their values; and damaged ones.</summary>
public sealed class ArrowCorpusTests
{
    // Floating numbers stand in the JSON with three decimals.
    private const double Tolerance = 0.0006;

    public static TheoryData<string> Good => [.. TestData.In("arrow/good", "*.stream"), .. TestData.In("arrow/good", "*.arrow_file")];

    public static TheoryData<string> Bad => [.. TestData.In("arrow/bad")];

    [Theory]
    [MemberData(nameof(Good))]
    public void FilesAreReadToTheValue(string name)
    {
        using JsonDocument json = Json(name[..name.IndexOf('.', StringComparison.Ordinal)]);
        List<string?[]> expected = Expected(json.RootElement);
        foreach (int rows in (int[])[1, 7, 10_000])
            foreach (bool codes in (bool[])[false, true])
            {
                using ArrowTable table = ArrowTable.Open(TestData.PathOf("arrow/good/" + name), new TableReadOptions { BatchRows = rows, AllowsCodes = codes });
                List<string?[]> actual = Raw(table);
                Assert.Equal(expected.Count, actual.Count);
                for (int row = 0; row < expected.Count; row++)
                    for (int i = 0; i < expected[row].Length; i++)
                        Assert.True(Same(expected[row][i], actual[row][i]), $"row {row}, column {i}: {actual[row][i]}, not {expected[row][i]}");
            }
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void FilesAreKnownByWhatTheyBeginWithWhateverTheirName(string name)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("table.dat", File.ReadAllBytes(TestData.PathOf("arrow/good/" + name)));
        using ITable table = TableConversion.Open(ExtractInputs.Find([path])[0]);
        Assert.IsType<ArrowTable>(table);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void BadFilesEndInRowsOrInARefusal(string name)
    {
        byte[] file = File.ReadAllBytes(TestData.PathOf("arrow/bad/" + name));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? e = Record.Exception(() => HostileArrowTests.Read(file));
        Assert.True(e is ExtractException, e?.ToString() ?? "was read");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
        Assert.True(Record.Exception(() => HostileArrowTests.ReadPath(TestData.PathOf("arrow/bad/" + name))) is ExtractException);
    }

    private static JsonDocument Json(string name)
    {
        using var file = new GZipStream(File.OpenRead(TestData.PathOf($"arrow/good/{name}.json.gz")), CompressionMode.Decompress);
        return JsonDocument.Parse(file);
    }

    private static List<string?[]> Expected(JsonElement root)
    {
        var dictionaries = new Dictionary<long, List<string?>>();
        if (root.TryGetProperty("dictionaries", out JsonElement all))
            foreach (JsonElement dictionary in all.EnumerateArray())
                dictionaries[dictionary.GetProperty("id").GetInt64()] = Values(dictionary.GetProperty("data").GetProperty("columns")[0]);
        List<JsonElement> fields = [.. root.GetProperty("schema").GetProperty("fields").EnumerateArray()];
        var rows = new List<string?[]>();
        foreach (JsonElement batch in root.GetProperty("batches").EnumerateArray())
        {
            List<List<string?>> columns = [.. batch.GetProperty("columns").EnumerateArray().Select(Values)];
            for (int i = 0; i < fields.Count; i++)
                if (fields[i].TryGetProperty("dictionary", out JsonElement coded))
                    columns[i] = [.. columns[i].Select(code => code is null ? null : dictionaries[coded.GetProperty("id").GetInt64()][int.Parse(code, CultureInfo.InvariantCulture)])];
            for (int row = 0; row < batch.GetProperty("count").GetInt32(); row++)
                rows.Add([.. columns.Select(column => column[row])]);
        }
        return rows;
    }

    private static List<string?> Values(JsonElement column)
    {
        List<JsonElement> validity = [.. column.GetProperty("VALIDITY").EnumerateArray()];
        return [.. column.GetProperty("DATA").EnumerateArray().Select((value, i) => validity[i].GetInt32() == 0
            ? null
            : value.ValueKind is JsonValueKind.True ? "1" : value.ValueKind is JsonValueKind.False ? "0" : value.ToString())];
    }

    private static List<string?[]> Raw(ArrowTable table)
    {
        var rows = new List<string?[]>();
        using ITableReader reader = table.NewReader();
        while (reader.NextPiece())
            while (reader.Read() is { } batch)
                for (int row = 0; row < batch.Rows; row++)
                    rows.Add([.. Enumerable.Range(0, batch.Schema.Fields.Count).Select(i => Raw(batch[i], row))]);
        return rows;
    }

    // Values as the JSON has them: numbers, whatever they mean.
    private static string? Raw(Column column, int row)
    {
        if (column.IsNull(row))
            return null;
        if (column.Codes is DictionaryValues dictionary)
            return Raw(dictionary.Values, column.As<int>()[row]);
        ColumnType type = column.Field.Type;
        return type.Kind switch
        {
            TypeKind.Boolean => Bits.Get(column.Values.Span, row) ? "1" : "0",
            TypeKind.Decimal => ValueText.Unscaled(column, row).ToString(CultureInfo.InvariantCulture),
            TypeKind.Date32 => column.As<int>()[row].ToString(CultureInfo.InvariantCulture),
            TypeKind.Time when type.Width == sizeof(int) => column.As<int>()[row].ToString(CultureInfo.InvariantCulture),
            TypeKind.Date64 or TypeKind.Time or TypeKind.Timestamp => column.As<long>()[row].ToString(CultureInfo.InvariantCulture),
            _ => TableText.Value(column, row),
        };
    }

    private static bool Same(string? expected, string? actual) => string.Equals(expected, actual, StringComparison.OrdinalIgnoreCase)
        || (expected?.Contains('.', StringComparison.Ordinal) == true && double.TryParse(expected, CultureInfo.InvariantCulture, out double one)
            && double.TryParse(actual, CultureInfo.InvariantCulture, out double other) && Math.Abs(one - other) < Tolerance);
}
