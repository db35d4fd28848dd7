using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RegisterEngine.Cli.Configuration;

/// <summary>A mapping of a YAML file that is read strictly: what is there and not asked for is an error, since it would be a silent mistake.</summary>
internal sealed class YamlMap
{
    private readonly string _file;
    private readonly string _path;
    private readonly Dictionary<string, YamlNode> _nodes = new(StringComparer.Ordinal);
    private readonly List<string> _asked = [];

    private YamlMap(YamlNode node, string file, string path)
    {
        _file = file;
        _path = path;
        if (node is not YamlMappingNode mapping)
            throw new UsageException($"{file}, line {node.Start.Line}, {path}: should be a mapping of names to values.");
        foreach ((YamlNode name, YamlNode value) in mapping)
        {
            if (name is not YamlScalarNode { Value: { } text })
                throw Wrong(name, path, "has something else than a word for a name");
            if (!_nodes.TryAdd(text.Replace('_', '-'), value))
                throw Wrong(name, text, "is here twice");
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It cannot be read, or is no YAML mapping.</exception>
    public static YamlMap Read(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents.Count == 0
                ? throw new UsageException($"{file}: the configuration is empty.")
                : new YamlMap(stream.Documents[0].RootNode, file, "");
        }
        catch (YamlException e)
        {
            throw new UsageException($"{file}, line {e.Start.Line}: this is no valid YAML: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file}: the configuration cannot be read: {e.Message}");
        }
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => Find(name) is { } node ? Scalar(node, name) : null;

    /// <summary>A value made of a text; the place is given for messages.</summary>
    public T Value<T>(string name, T otherwise, Func<string, string, T> make) => Find(name) is { } node ? make(Scalar(node, name), Place(node, name)) : otherwise;

    /// <summary>A whole number, or null.</summary>
    public int? Number(string name) => Find(name) is not { } node ? null
        : int.TryParse(Scalar(node, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
        : throw Wrong(node, name, "should be a whole number");

    /// <summary>Texts: a list, or one alone; null where there is nothing.</summary>
    public IReadOnlyList<string>? Texts(string name) => Find(name) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Select(item => Scalar(item, name))],
        { } node => [Scalar(node, name)],
    };

    /// <summary>The mapping under a name; an empty one where there is nothing.</summary>
    public YamlMap Map(string name) => new(Find(name) ?? new YamlMappingNode(), _file, PathOf(name));

    /// <summary>The mappings of a list; null where there is nothing.</summary>
    public IReadOnlyList<YamlMap>? Maps(string name) => Find(name) switch
    {
        null => null,
        YamlSequenceNode list => [.. list.Select((item, i) => new YamlMap(item, _file, $"{PathOf(name)}[{i}]"))],
        { } node => throw Wrong(node, name, "should be a list"),
    };

    /// <summary>Says that all has been asked for.</summary>
    /// <exception cref="UsageException">Something else is there.</exception>
    public void End()
    {
        foreach ((string name, YamlNode node) in _nodes)
            if (!_asked.Contains(name))
                throw Wrong(node, name, $"is not known here; there are {string.Join(", ", _asked)}");
    }

    private YamlNode? Find(string name)
    {
        _asked.Add(name);
        return _nodes.GetValueOrDefault(name) is { } node && !IsNothing(node) ? node : null;
    }

    // A name without a value, as in "inputs:", says nothing.
    private static bool IsNothing(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" };

    private string Scalar(YamlNode node, string name) => node is YamlScalarNode { Value: { } value } ? value : throw Wrong(node, name, "should be one value");

    private string Place(YamlNode node, string name) => $"{_file}, line {node.Start.Line}, {PathOf(name)}";

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private UsageException Wrong(YamlNode node, string name, string what) => new($"{Place(node, name)}: {what}.");
}
