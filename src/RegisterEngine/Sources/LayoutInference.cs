using System.Globalization;
using System.Text;
using System.Text.Json;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;
using RegisterEngine.Sources.Text;

namespace RegisterEngine.Sources;

/// <summary>Drafts a layout from an extract of delimited text: by the names of its columns where they are known, else by what stands in them.</summary>
public static class LayoutInference
{
    private const int SampleRows = 2000;
    private const double Most = 0.9;

    private static readonly string[] DatePatterns = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%Y%m%d", "%d-%m-%Y"];
    private static readonly string[] MissingTexts = ["", ".", "NA", "NULL", "-"];

    /// <summary>The text of a layout file. It is a draft: what is guessed wrong is to be corrected by hand.</summary>
    /// <exception cref="ExtractException">The extract cannot be read, or is no delimited text.</exception>
    public static string Draft(ExtractInput input)
    {
        using var feed = new RecordFeed(input.Name, new PipedBytes(input.OpenStream()), TextBlock.UsualSize);
        ReadOnlySpan<byte> head = feed.Head;
        TextCheck.Begin(input.Name, head);
        byte newline = HeaderLine.NewlineOf(head);
        var separators = new Separators(HeaderLine.DelimiterOf(head, newline), newline);
        List<IReadOnlyList<string>> records = Records(head, separators);
        if (records[0].Count < 2)
            throw new ExtractException(input.Name, "has no delimiter (; , tab |) in its first line. For fixed-width text start from: registerengine schema show generic-fixed-width");
        List<LayoutFileField> fields = [.. records[0].Select((name, i) => FieldOf(name, [.. records.Skip(1).Where(record => i < record.Count).Select(record => record[i])]))];
        KeepFirstOfEach(fields);
        var file = new LayoutFile
        {
            Schema = "layout.schema.json",
            Name = NameOf(input.Name),
            Title = $"Draft from {Path.GetFileName(input.Name)}",
            Description = Description(fields),
            MissingValues = [.. MissingTexts.Where(text => text.Length == 0 || records.Skip(1).Any(record => record.Contains(text)))],
            Fields = fields,
            Extension = new LayoutFileExtension
            {
                Format = "delimited",
                Delimiter = separators.Delimiter == '\t' ? "tab" : $"{(char)separators.Delimiter}",
                Header = true,
                Encoding = EncodingOf(head, newline),
            },
        };
        return JsonSerializer.Serialize(file, new LayoutFileContext(new JsonSerializerOptions(LayoutFileContext.Default.Options)
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }).LayoutFile) + "\n";
    }

    private static List<IReadOnlyList<string>> Records(ReadOnlySpan<byte> head, Separators separators)
    {
        var records = new List<IReadOnlyList<string>>();
        var decoder = new TextDecoder(TextEncoding.Detect);
        while (!head.IsEmpty && records.Count <= SampleRows)
        {
            HeaderLine record = HeaderLine.Read(head, separators, decoder);
            records.Add(record.Fields);
            head = head[record.Bytes..];
        }
        return records;
    }

    private static LayoutFileField FieldOf(string name, IReadOnlyList<string> values)
    {
        IReadOnlyList<string> present = [.. values.Where(value => !MissingTexts.Contains(value))];
        LayoutField? known = LayoutLibrary.BuiltIn.SelectMany(layout => layout.Fields)
            .FirstOrDefault(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || field.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase));
        bool isWorkplace = known?.Column == RegisterColumn.Workplace || (known is null && Are(present, text => OrganisationNumber.IsValid(Encoding.UTF8.GetBytes(text))));
        RegisterColumn? column = isWorkplace ? RegisterColumn.Workplace : known?.Column;
        string? date = DatePatterns.FirstOrDefault(pattern => Are(present, text => IsDate(text, pattern)));
        bool isNumber = date is null && !present.Any(IsCode) && Are(present, text => DecimalText.TryRead(Encoding.UTF8.GetBytes(text), '.', 100, out _, out _));
        return new LayoutFileField
        {
            Name = name,
            Type = column is RegisterColumn.Year or RegisterColumn.BirthYear ? "year"
                : column is RegisterColumn.PositionSize or RegisterColumn.Pay ? "number"
                : column is RegisterColumn.StartDate || (column is null && date is not null) ? "date"
                : column is null && isNumber ? "number" : "string",
            Format = column is RegisterColumn.StartDate or null ? date : null,
            DecimalChar = column is RegisterColumn.PositionSize or RegisterColumn.Pay || (column is null && isNumber) ? DecimalSign(present) : null,
            Constraints = column is RegisterColumn.Year or RegisterColumn.Person or RegisterColumn.Workplace ? new LayoutFileConstraints { Required = true } : null,
            Extension = column is { } canonical ? Extension(canonical, present) : null,
        };
    }

    private static LayoutFileFieldExtension Extension(RegisterColumn column, IReadOnlyList<string> values) => new()
    {
        Column = RegisterColumns.NameOf(column),
        PadLeft = column is RegisterColumn.Municipality or RegisterColumn.PositionCode && Are(values, text => text.Length is 3 or 4 && text.All(char.IsAsciiDigit)) ? 4 : null,
        Check = column == RegisterColumn.Workplace && Are(values, text => text.Length == 9 && text.All(char.IsAsciiDigit)) ? "organisation-number" : null,
        Unit = column != RegisterColumn.PositionSize ? null : values.Count > 0 && values.All(IsShare) ? "fraction" : "percent",
        Values = column != RegisterColumn.Sex ? null : values.Distinct().Take(9).ToDictionary(
            value => value, value => LayoutField.DefaultSexes.TryGetValue(value, out Sex sex) ? sex.ToString().ToLowerInvariant() : "other"),
    };

    // A canonical column can be held by one field only: the first that looks like it.
    private static void KeepFirstOfEach(List<LayoutFileField> fields)
    {
        var taken = new HashSet<string>();
        for (int i = 0; i < fields.Count; i++)
            if (fields[i].Extension?.Column is { } column && !taken.Add(column))
                fields[i] = fields[i] with { Extension = null };
    }

    private static string Description(IReadOnlyList<LayoutFileField> fields)
    {
        List<string> absent = [.. RegisterColumns.Names.Where(name => fields.All(field => field.Extension?.Column != name))];
        return "A draft: check every field against the description of the extract."
            + (absent.Count == 0 ? "" : $" No field was recognised as {string.Join(", ", absent)}: say \"registerengine\": {{ \"column\": ... }} where one is.");
    }

    private static bool Are(IReadOnlyList<string> values, Func<string, bool> test) => values.Count > 0 && values.Count(test) >= Most * values.Count;

    // A number would lose the zero.
    private static bool IsCode(string text) => text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]);

    private static bool IsDate(string text, string pattern) => DateOnly.TryParseExact(
        text, pattern.Replace("%Y", "yyyy", StringComparison.Ordinal).Replace("%m", "MM", StringComparison.Ordinal).Replace("%d", "dd", StringComparison.Ordinal),
        CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date) && date.Year is > 1900 and < 2156;

    private static bool IsShare(string text) => decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number is >= 0 and <= 2;

    private static string DecimalSign(IReadOnlyList<string> values) => values.Count(value => value.Contains(',')) >= values.Count(value => value.Contains('.')) ? "," : ".";

    // A line or two in another encoding than the rest say nothing about the others: each text is looked at by itself then.
    private static string EncodingOf(ReadOnlySpan<byte> head, byte newline)
    {
        bool isUtf8 = false, isOther = false;
        // The last bytes may be a character cut in two.
        ReadOnlySpan<byte> whole = head[..(head.LastIndexOf(newline) + 1)];
        foreach (Range line in whole.Split(newline))
        {
            bool isValid = System.Text.Unicode.Utf8.IsValid(whole[line]);
            isOther |= !isValid;
            isUtf8 |= isValid && !Ascii.IsValid(whole[line]);
        }
        return isUtf8 == isOther ? "detect" : isUtf8 ? "utf-8" : "windows-1252";
    }

    private static string NameOf(string input)
    {
        string stem = Path.GetFileName(input).Split('.')[0].ToLowerInvariant();
        return string.Concat(stem.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-') is { Length: > 0 } name ? name : "draft";
    }
}
