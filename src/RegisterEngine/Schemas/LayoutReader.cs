using System.Text.Json;
using System.Text.RegularExpressions;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;

namespace RegisterEngine.Schemas;

/// <summary>Reads layout files and refuses what cannot be.</summary>
public static class LayoutReader
{
    private const string AgeColumn = "age";

    /// <summary>Reads a layout file.</summary>
    /// <exception cref="LayoutException">The file is no layout; the message names the place and what is expected.</exception>
    public static Layout Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path, Path.GetDirectoryName(Path.GetFullPath(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LayoutException($"{path}: the layout file cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the text of a layout file; <paramref name="source"/> names it in messages.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="folder">Where files that the layout names are looked for; null where it may name none.</param>
    /// <exception cref="LayoutException">The text is no layout.</exception>
    public static Layout Parse(string json, string source, string? folder = null)
    {
        LayoutFile file;
        try
        {
            file = LayoutFileReader.Read(json, source);
        }
        catch (JsonException e)
        {
            throw new LayoutException($"{source}, line {e.LineNumber + 1}: not a valid layout: {e.Message}", e);
        }
        return new Reader(source, folder).Layout(file);
    }

    private sealed class Reader(string source, string? folder)
    {
        public Layout Layout(LayoutFile file)
        {
            LayoutFileExtension extension = file.Extension ?? new LayoutFileExtension();
            LayoutFormat format = Choice(extension.Format ?? "delimited", "registerengine.format",
                ("delimited", LayoutFormat.Delimited), ("fixed-width", LayoutFormat.FixedWidth));
            var layout = new Layout
            {
                Name = file.Name ?? throw Wrong("name", "a layout needs a name"),
                Title = file.Title ?? file.Name,
                Format = format,
                Delimiter = Delimiter(extension.Delimiter),
                HasHeader = extension.Header ?? format == LayoutFormat.Delimited,
                Encoding = Choice(extension.Encoding ?? "detect", "registerengine.encoding", ("detect", TextEncoding.Detect),
                    ("utf-8", TextEncoding.Utf8), ("windows-1252", TextEncoding.Windows1252), ("iso-8859-1", TextEncoding.Latin1)),
                RecordLength = extension.RecordLength ?? 0,
                Years = Years(extension.Years),
                YearInFileName = extension.YearInFileName is { } pattern ? Expression(pattern, "registerengine.yearInFileName") : null,
                Fields = [.. (file.Fields ?? []).Select((field, i) => Field(field, $"fields[{i}]", file.MissingValues ?? [""]))],
            };
            CheckWhole(layout);
            return layout;
        }

        private LayoutField Field(LayoutFileField field, string place, List<string> missingValues)
        {
            string name = field.Name ?? throw Wrong(place, "a field needs a name");
            place = $"{place} '{name}'";
            LayoutFileFieldExtension extension = field.Extension ?? new LayoutFileFieldExtension();
            bool isAge = extension.Column == AgeColumn;
            RegisterColumn? column = isAge ? RegisterColumn.BirthYear : Column(extension.Column, place);
            LayoutFileConstraints constraints = field.Constraints ?? new LayoutFileConstraints();
            int scale = Choice(extension.Unit ?? "percent", $"{place}.registerengine.unit", ("percent", 100), ("fraction", 10_000));
            int bound = column switch { RegisterColumn.PositionSize => scale, RegisterColumn.Pay => 100, _ => 1 };
            string date = field.Format is null or "default" ? "%Y-%m-%d" : field.Format;
            if (column == RegisterColumn.StartDate && DateForm.FromPattern(date) is null)
                throw Wrong($"{place}.format", $"'{date}' is no pattern of %Y, %m and %d with one kind of separator or none");
            return new LayoutField
            {
                Name = name,
                Aliases = extension.Aliases ?? [],
                Column = column,
                IsAge = isAge,
                Start = extension.Start ?? 0,
                Length = extension.Length ?? 0,
                Required = constraints.Required ?? column is RegisterColumn.Year or RegisterColumn.Person or RegisterColumn.Workplace,
                Minimum = Bound(constraints.Minimum, bound),
                Maximum = Bound(constraints.Maximum, bound),
                Pattern = constraints.Pattern is { } pattern ? Expression(pattern, $"{place}.constraints.pattern") : null,
                Allowed = constraints.Enum,
                MissingValues = field.MissingValues ?? missingValues,
                DecimalSign = DecimalSign(field.DecimalChar, place),
                Scale = scale,
                DatePattern = date,
                PadLeft = extension.PadLeft ?? 0,
                Sexes = Sexes(extension.Values, place),
                Check = Choice(extension.Check ?? "none", $"{place}.registerengine.check",
                    ("none", FieldCheck.None), ("organisation-number", FieldCheck.OrganisationNumber)),
                KnownCodes = KnownCodes(extension, place),
            };
        }

        private RegisterColumn? Column(string? name, string place)
        {
            if (name is null)
                return null;
            return RegisterColumns.Find(name)
                ?? throw Wrong($"{place}.registerengine.column", $"'{name}' is no canonical column; there are {string.Join(", ", RegisterColumns.Names)}, {AgeColumn}");
        }

        private void CheckWhole(Layout layout)
        {
            if (layout.Fields.Count == 0)
                throw Wrong("fields", "a layout needs fields");
            foreach (LayoutField field in layout.Fields)
                if (field.Column is { } column && layout.Fields.Count(other => other.Column == column) > 1)
                    throw Wrong("fields", $"{string.Join(" and ", layout.Fields.Where(other => other.Column == column).Select(other => $"'{other.Name}'"))} are both said to be '{RegisterColumns.NameOf(column)}'");
            foreach (RegisterColumn needed in new[] { RegisterColumn.Person, RegisterColumn.Workplace })
                if (layout.FieldOf(needed) is null)
                    throw Wrong("fields", $"no field is said to be '{RegisterColumns.NameOf(needed)}', without which there are no turnover figures");
            if (layout.Format == LayoutFormat.FixedWidth)
                CheckPositions(layout);
        }

        private void CheckPositions(Layout layout)
        {
            if (layout.RecordLength <= 0)
                throw Wrong("registerengine.recordLength", "a fixed-width layout needs the length of its records");
            foreach (LayoutField field in layout.Fields)
                if (field.Start < 1 || field.Length < 1 || field.Start + field.Length - 1 > layout.RecordLength)
                    throw Wrong($"field '{field.Name}'",
                        $"positions {field.Start}-{field.Start + field.Length - 1} do not lie in a record of {layout.RecordLength} (start counts from 1)");
        }

        private byte? Delimiter(string? text) => text switch
        {
            null or "detect" => null,
            "\t" or "tab" => (byte)'\t',
            [var one] when one is ';' or ',' or '|' => (byte)one,
            _ => throw Wrong("registerengine.delimiter", $"'{text}' is not one of ; , | tab detect"),
        };

        private char DecimalSign(string? text, string place) => text switch
        {
            null => '.',
            "," or "." => text[0],
            _ => throw Wrong($"{place}.decimalChar", $"'{text}' is neither a comma nor a point"),
        };

        private YearSpan Years(LayoutFileYears? years)
        {
            var span = new YearSpan(years?.From ?? RegisterLimits.Years.From, years?.To ?? RegisterLimits.Years.To);
            return span.From <= span.To && RegisterLimits.Years.Contains(span.From) && RegisterLimits.Years.Contains(span.To)
                ? span
                : throw Wrong("registerengine.years", $"{span} is no span of years within {RegisterLimits.Years}");
        }

        private IReadOnlyDictionary<string, Sex> Sexes(Dictionary<string, string>? values, string place)
        {
            if (values is null)
                return LayoutField.DefaultSexes;
            var sexes = new Dictionary<string, Sex>(StringComparer.OrdinalIgnoreCase);
            foreach ((string text, string meaning) in values)
                sexes[text] = Choice(meaning, $"{place}.registerengine.values['{text}']",
                    ("male", Sex.Male), ("female", Sex.Female), ("other", Sex.Other));
            return sexes;
        }

        private List<string>? KnownCodes(LayoutFileFieldExtension extension, string place)
        {
            if (extension.KnownCodesFile is not { } name)
                return extension.KnownCodes;
            if (folder is null)
                throw Wrong($"{place}.registerengine.knownCodesFile", "a built-in layout cannot name a file");
            string path = Path.Combine(folder, name);
            try
            {
                return [.. File.ReadLines(path).Select(line => line.Split(';', ',', '\t')[0].Trim().Trim('"')).Where(code => code.Length > 0)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new LayoutException($"{source}: {place}: the list of known codes {path} cannot be read: {e.Message}", e);
            }
        }

        private string Expression(string pattern, string place)
        {
            try
            {
                _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
                return pattern;
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                throw Wrong(place, $"'{pattern}' is no regular expression that can be used here: {e.Message}");
            }
        }

        // Beyond what can be held a bound excludes nothing, or all.
        private static long? Bound(decimal? bound, int scale) => bound is { } value ? (long)(Math.Clamp(value, long.MinValue / scale, long.MaxValue / scale) * scale) : null;

        private T Choice<T>(string text, string place, params ReadOnlySpan<(string Name, T Value)> choices)
        {
            foreach ((string name, T value) in choices)
                if (name == text)
                    return value;
            throw Wrong(place, $"'{text}' is not one of {string.Join(", ", choices.ToArray().Select(choice => choice.Name))}");
        }

        private LayoutException Wrong(string place, string what) => new($"{source}: {place}: {what}.");
    }
}
