using System.Text.Json;

namespace RegisterEngine.Schemas;

/// <summary>Reads the text of a layout file, word by word, which starts several times as fast as a serializer that has to learn the types first.</summary>
internal static class LayoutFileReader
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The words of a layout file.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="LayoutException">A word has a value of another kind than it should, or is unknown where only this project's words may stand.</exception>
    public static LayoutFile Read(string json, string source)
    {
        using var document = JsonDocument.Parse(json, Lenient);
        if (document.RootElement.ValueKind == JsonValueKind.Null)
            throw new LayoutException($"{source}: the layout is empty.");
        var file = new Words(document.RootElement, source, "", isOurs: false);
        return new LayoutFile
        {
            Schema = file.Text("$schema"),
            Name = file.Text("name"),
            Title = file.Text("title"),
            Description = file.Text("description"),
            MissingValues = file.Texts("missingValues"),
            Fields = file.List("fields", isOurs: false)?.ConvertAll(Field),
            Extension = file.Map("registerengine", isOurs: true) is { } extension ? Extension(extension) : null,
        };
    }

    private static LayoutFileField Field(Words field) => new()
    {
        Name = field.Text("name"),
        Title = field.Text("title"),
        Type = field.Text("type"),
        Format = field.Text("format"),
        DecimalChar = field.Text("decimalChar"),
        MissingValues = field.Texts("missingValues"),
        Constraints = field.Map("constraints", isOurs: false) is { } constraints ? Constraints(constraints) : null,
        Extension = field.Map("registerengine", isOurs: true) is { } extension ? FieldExtension(extension) : null,
    };

    private static LayoutFileConstraints Constraints(Words constraints) => new()
    {
        Required = constraints.Truth("required"),
        Minimum = constraints.Number("minimum"),
        Maximum = constraints.Number("maximum"),
        Pattern = constraints.Text("pattern"),
        Enum = constraints.Texts("enum"),
    };

    private static LayoutFileExtension Extension(Words extension)
    {
        var read = new LayoutFileExtension
        {
            Format = extension.Text("format"),
            Delimiter = extension.Text("delimiter"),
            Header = extension.Truth("header"),
            Encoding = extension.Text("encoding"),
            RecordLength = extension.WholeNumber("recordLength"),
            Years = extension.Map("years", isOurs: true) is { } years ? Years(years) : null,
            YearInFileName = extension.Text("yearInFileName"),
        };
        extension.RefuseOthers();
        return read;
    }

    private static LayoutFileYears Years(Words years)
    {
        var read = new LayoutFileYears { From = years.WholeNumber("from"), To = years.WholeNumber("to") };
        years.RefuseOthers();
        return read;
    }

    private static LayoutFileFieldExtension FieldExtension(Words extension)
    {
        var read = new LayoutFileFieldExtension
        {
            Column = extension.Text("column"),
            Aliases = extension.Texts("aliases"),
            Start = extension.WholeNumber("start"),
            Length = extension.WholeNumber("length"),
            Unit = extension.Text("unit"),
            PadLeft = extension.WholeNumber("padLeft"),
            Values = extension.TextsByName("values"),
            Check = extension.Text("check"),
            KnownCodes = extension.Texts("knownCodes"),
            KnownCodesFile = extension.Text("knownCodesFile"),
        };
        extension.RefuseOthers();
        return read;
    }

    // The words of one object, which remembers those that were asked for.
    private sealed class Words
    {
        private readonly JsonElement _object;
        private readonly string _source;
        private readonly string _place;
        private readonly List<string> _known = [];

        public Words(JsonElement value, string source, string place, bool isOurs)
        {
            (_object, _source, _place) = (value, source, place);
            if (value.ValueKind != JsonValueKind.Object)
                throw new LayoutException($"{source}: {(place.Length > 0 ? place : "the layout")}: an object of words{(isOurs ? " of this project" : "")} is expected.");
        }

        public string? Text(string word) => Find(word, JsonValueKind.String, "a text") is { } value ? value.GetString() : null;

        public bool? Truth(string word) => Find(word, JsonValueKind.True, "true or false") is { } value ? value.GetBoolean() : null;

        public int? WholeNumber(string word) => Find(word, JsonValueKind.Number, "a whole number") is not { } value ? null
            : value.TryGetInt32(out int number) ? number : throw Wrong(word, "a whole number");

        public decimal? Number(string word) => Find(word, JsonValueKind.Number, "a number") is not { } value ? null
            : value.TryGetDecimal(out decimal number) ? number : throw Wrong(word, "a number");

        public List<string>? Texts(string word)
        {
            if (Find(word, JsonValueKind.Array, "a list of texts") is not { } value)
                return null;
            var texts = new List<string>();
            foreach (JsonElement text in value.EnumerateArray())
                texts.Add(text.ValueKind == JsonValueKind.String ? text.GetString()! : throw Wrong(word, "a list of texts"));
            return texts;
        }

        public Dictionary<string, string>? TextsByName(string word)
        {
            if (Find(word, JsonValueKind.Object, "an object of texts") is not { } value)
                return null;
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (JsonProperty text in value.EnumerateObject())
                texts[text.Name] = text.Value.ValueKind == JsonValueKind.String ? text.Value.GetString()! : throw Wrong(word, "an object of texts");
            return texts;
        }

        public Words? Map(string word, bool isOurs) =>
            Find(word, JsonValueKind.Object, "an object") is { } value ? new Words(value, _source, PlaceOf(word), isOurs) : null;

        public List<Words>? List(string word, bool isOurs)
        {
            if (Find(word, JsonValueKind.Array, "a list") is not { } value)
                return null;
            var list = new List<Words>();
            foreach (JsonElement item in value.EnumerateArray())
                list.Add(new Words(item, _source, $"{PlaceOf(word)}[{list.Count}]", isOurs));
            return list;
        }

        // An unknown word would be a silent mistake.
        public void RefuseOthers()
        {
            foreach (JsonProperty property in _object.EnumerateObject())
                if (!_known.Contains(property.Name))
                    throw new LayoutException($"{_source}: {PlaceOf(property.Name)}: there is no such word; there are {string.Join(", ", _known)}.");
        }

        private JsonElement? Find(string word, JsonValueKind kind, string expected)
        {
            _known.Add(word);
            if (!_object.TryGetProperty(word, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
                return null;
            JsonValueKind found = value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;
            return found == kind ? value : throw Wrong(word, expected);
        }

        private string PlaceOf(string word) => _place.Length > 0 ? $"{_place}.{word}" : word;

        private LayoutException Wrong(string word, string expected) => new($"{_source}: {PlaceOf(word)}: {expected} is expected.");
    }
}
