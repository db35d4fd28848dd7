using RegisterEngine.Schemas;

namespace RegisterEngine.Sources.Text;

/// <summary>An extract of text that has been opened: its layout, its records, and what has become of them so far.</summary>
internal sealed class TextExtract : IDisposable
{
    // A random number of eleven digits is a valid identity number once in 800 times; a real register has nothing else.
    private const int NationalIdsAllowedOneIn = 50;

    private readonly Lock _reporting = new();
    private readonly RecordFeed _feed;
    private readonly RejectLog _rejects;

    /// <exception cref="ExtractException">It cannot be read, or no layout fits.</exception>
    public TextExtract(ExtractInput input, int origin, IReadOnlyList<Layout> layouts, SourceOptions options)
    {
        Input = input;
        Origin = origin;
        _feed = new RecordFeed(input.Name, Open(input, options.Cancellation), options.BlockSize);
        try
        {
            Binding = LayoutBinder.Bind(input.Name, _feed.Head, layouts);
        }
        catch (ExtractException)
        {
            _feed.Dispose();
            throw;
        }
        _feed.Start(Binding.HeaderBytes, Binding.Separators, Binding.Quote);
        _rejects = new RejectLog(input.Name, options.ScratchFolder);
    }

    /// <summary>The input.</summary>
    public ExtractInput Input { get; }

    /// <summary>Its place in the list of inputs.</summary>
    public int Origin { get; }

    /// <summary>The layout that fits it.</summary>
    public TextBinding Binding { get; }

    /// <summary>What has become of the rows.</summary>
    public SourceCounts Counts { get; } = new();

    /// <summary>Bytes read so far, after decompression.</summary>
    public long BytesRead => _feed.BytesRead;

    /// <summary>The rejected rows, by line, once all is read.</summary>
    public IEnumerable<Reject> Rejects => _rejects.Read(Binding.HeaderLines + 1);

    /// <summary>Fills a block with the next records; false at the end. May be called from any thread.</summary>
    public bool TryFill(TextBlock block) => _feed.TryFill(block);

    /// <summary>Takes what became of a block. May be called from any thread.</summary>
    /// <exception cref="ExtractException">The column of persons holds national identity numbers.</exception>
    public void Report(TextBlock block, int lines, SourceCounts counts, IReadOnlyList<Reject> rejects)
    {
        lock (_reporting)
        {
            Counts.Merge(counts);
            _rejects.Add(block.Ordinal, lines, rejects);
            if (Counts[Finding.NationalIdPerson] * NationalIdsAllowedOneIn > Counts[Finding.ElevenDigitPerson])
                throw new ExtractException(
                    Input.Name,
                    $"the column of persons holds valid national identity numbers ({Counts[Finding.NationalIdPerson]} of {Counts[Finding.ElevenDigitPerson]} eleven-digit keys so far). They are not processed in clear: give a key with --pseudonymise-key FILE.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _feed.Dispose();
        _rejects.Dispose();
    }

    private static IByteSource Open(ExtractInput input, CancellationToken cancellation)
    {
        try
        {
            return input.IsPlain ? new FileBytes(input.Path!) : new PipedBytes(input.OpenStream(), cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExtractException(input.Name, $"cannot be opened: {e.Message}", e);
        }
    }
}
