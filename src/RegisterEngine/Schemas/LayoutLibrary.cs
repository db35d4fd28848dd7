namespace RegisterEngine.Schemas;

/// <summary>The layouts that a run may use: those built in, or those that the user named.</summary>
public static class LayoutLibrary
{
    /// <summary>The layouts of <c>schemas/</c>.</summary>
    public static IReadOnlyList<Layout> BuiltIn { get; } = [GenericLayouts.Delimited, GenericLayouts.FixedWidth];

    /// <summary>The text of a built-in layout file, to start a new one from; null where there is none of that name.</summary>
    public static string? BuiltInText(string name)
    {
        using Stream? stream = typeof(LayoutLibrary).Assembly.GetManifestResourceStream($"schemas/{name}.json");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The layouts that are meant by names of built-in ones, files, and folders of files.</summary>
    /// <exception cref="LayoutException">There is no such thing, or a file is no layout.</exception>
    public static IReadOnlyList<Layout> Find(IReadOnlyList<string> namesOrPaths)
    {
        var layouts = new List<Layout>();
        foreach (string named in namesOrPaths)
        {
            if (BuiltIn.FirstOrDefault(layout => layout.Name == named) is { } builtIn)
                layouts.Add(builtIn);
            else if (Directory.Exists(named))
                layouts.AddRange(Directory.GetFiles(named, "*.json").Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal).Select(LayoutReader.Read));
            else if (File.Exists(named))
                layouts.Add(LayoutReader.Read(named));
            else
                throw new LayoutException(
                    $"'{named}' is no layout file or folder, and no built-in layout; built in are {string.Join(", ", BuiltIn.Select(layout => layout.Name))}.");
        }
        if (layouts.GroupBy(layout => layout.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new LayoutException($"Two layouts are called '{twice.Key}': give one of them another name, since reports tell by it how a file was read.");
        return layouts;
    }
}
