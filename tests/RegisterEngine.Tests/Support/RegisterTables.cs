using System.Globalization;
using System.Text;
using RegisterEngine.Columns;
using RegisterEngine.Sources.Arrow;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Parquet;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Tests.Support;

/// <summary>How the columns of a register are stored in a table.</summary>
public enum ColumnStyle
{
    Texts,
    Codes,
    Numbers,
    Floating,
}

/// <summary>Employments as Parquet and Arrow files, whose columns are called as those of <see cref="Employment.ToCsv"/>.</summary>
internal static class RegisterTables
{
    public static byte[] Parquet(IReadOnlyList<Employment> employments, ColumnStyle style, int groupRows = 1 << 20) =>
        Write(employments, style, (target, schema) => new ParquetWriter(target, schema, new ParquetWriteOptions { RowGroupRows = groupRows, Compression = CompressionKind.Snappy }));

    public static byte[] Arrow(IReadOnlyList<Employment> employments, ColumnStyle style, bool isFile) =>
        Write(employments, style, (target, schema) => new ArrowWriter(target, schema, isFile));

    private static byte[] Write(IReadOnlyList<Employment> employments, ColumnStyle style, Func<Stream, BatchSchema, ITableWriter> open)
    {
        string[] names = Employment.Header.Split(';');
        List<string[]> rows = [.. employments.Select(employment => employment.ToLine().Split(';'))];
        var columns = new List<Column>();
        for (int i = 0; i < names.Length; i++)
            columns.Add(Make(names[i], [.. rows.Select(row => row[i])], style));
        var schema = new BatchSchema([.. columns.Select(column => column.Field)]);
        var target = new MemoryStream();
        using ITableWriter writer = open(target, schema);
        // Several batches, so that there are several in a file of Arrow.
        int part = Math.Max(1, rows.Count / 3);
        for (int from = 0; from < rows.Count; from += part)
        {
            int count = Math.Min(part, rows.Count - from);
            writer.Add(new ColumnBatch(schema, [.. columns.Select(column => column.Slice(from, count))], count));
        }
        writer.Finish();
        return target.ToArray();
    }

    private static Column Make(string name, IReadOnlyList<string> texts, ColumnStyle style)
    {
        bool isNumbers = style is ColumnStyle.Numbers or ColumnStyle.Floating;
        return (name, style) switch
        {
            ("aar" or "fodselsaar", _) when isNumbers => Numbers(name, ColumnType.Int32, texts, text => int.Parse(text, CultureInfo.InvariantCulture)),
            ("ansattdato", ColumnStyle.Numbers) => Numbers(name, ColumnType.Date32, texts, Day),
            ("ansattdato", ColumnStyle.Floating) => Numbers(name, ColumnType.Timestamp(TimeUnit.Microsecond), texts, text => Day(text) * 86_400_000_000L),
            ("stillingsprosent", ColumnStyle.Numbers) => Numbers(name, ColumnType.Decimal(7, 2), texts, text => (Int128)(decimal.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture) * 100)),
            ("stillingsprosent", ColumnStyle.Floating) => Numbers(name, ColumnType.Double, texts, text => double.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture)),
            ("grunnlonn", ColumnStyle.Numbers) => Numbers(name, ColumnType.Int64, texts, text => long.Parse(text, CultureInfo.InvariantCulture)),
            ("grunnlonn", ColumnStyle.Floating) => Numbers(name, ColumnType.Float, texts, text => float.Parse(text, CultureInfo.InvariantCulture)),
            ("personid", _) when isNumbers && texts.All(text => text.Length > 0 && text[0] != '0' && text.All(char.IsAsciiDigit)) =>
                Numbers(name, ColumnType.Int64, texts, text => long.Parse(text, CultureInfo.InvariantCulture)),
            ("kommunenr", ColumnStyle.Numbers) => Numbers(name, ColumnType.Int16, texts, text => short.Parse(text, CultureInfo.InvariantCulture)),
            (_, ColumnStyle.Codes) => Codes(name, texts),
            _ => Texts(name, texts),
        };
    }

    private static int Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    private static Column Numbers<T>(string name, ColumnType type, IReadOnlyList<string> texts, Func<string, T> parse)
        where T : unmanaged
    {
        var column = new Column(new Field(name, type), texts.Count);
        for (int row = 0; row < texts.Count; row++)
            if (texts[row].Length == 0)
                column.SetNull(row);
            else
                column.As<T>()[row] = parse(texts[row]);
        return column;
    }

    private static Column Texts(string name, IReadOnlyList<string> texts)
    {
        var column = new Column(new Field(name, ColumnType.Utf8), texts.Count);
        int end = 0;
        for (int row = 0; row < texts.Count; row++)
        {
            if (texts[row].Length == 0)
                column.SetNull(row);
            byte[] text = Encoding.UTF8.GetBytes(texts[row]);
            column.ReserveData(end + text.Length);
            text.CopyTo(column.Data.Span[end..]);
            column.As<int>()[row + 1] = end += text.Length;
        }
        return column;
    }

    private static Column Codes(string name, IReadOnlyList<string> texts)
    {
        List<string> distinct = [.. texts.Distinct()];
        var values = new DictionaryValues(Texts("", distinct), distinct.Count);
        var column = new Column(new Field(name, ColumnType.Dictionary(ColumnType.Utf8)), texts.Count, values);
        for (int row = 0; row < texts.Count; row++)
            column.As<int>()[row] = distinct.IndexOf(texts[row]);
        return column;
    }
}
