using RegisterEngine.Columns;
using RegisterEngine.Schemas;
using RegisterEngine.Sources.Fields;

namespace RegisterEngine.Sources.Text;

/// <summary>An extract of text that has been opened: its layout and its records.</summary>
internal sealed class TextExtract : Extract
{
    private readonly RecordFeed _feed;

    /// <exception cref="ExtractException">It cannot be read, or no layout fits.</exception>
    public TextExtract(ExtractInput input, int origin, IReadOnlyList<Layout> layouts, SourceOptions options)
        : base(input, origin, options)
    {
        _feed = new RecordFeed(input.Name, Open(input, options.Cancellation), options.BlockSize);
        try
        {
            Binding = NamedFields.Without(LayoutBinder.Bind(input.Name, _feed.Head, layouts), options.Without);
        }
        catch (ExtractException)
        {
            _feed.Dispose();
            throw;
        }
        _feed.Start(Binding.HeaderBytes, Binding.Separators, Binding.Quote);
    }

    /// <summary>The layout that fits it.</summary>
    public TextBinding Binding { get; }

    /// <inheritdoc/>
    public override FieldBinding Fields => Binding;

    /// <inheritdoc/>
    public override long BytesRead => _feed.BytesRead;

    /// <inheritdoc/>
    protected override long FirstLine => Binding.HeaderLines + 1;

    /// <summary>Fills a block with the next records; false at the end. May be called from any thread.</summary>
    public bool TryFill(TextBlock block) => _feed.TryFill(block);

    /// <inheritdoc/>
    public override PieceReader NewReader(RegisterBooks books, SourceOptions options) => new TextExtractReader(books, options);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _feed.Dispose();
        base.Dispose();
    }

    /// <summary>The bytes of an input, decompressed.</summary>
    /// <exception cref="ExtractException">It cannot be opened.</exception>
    public static IByteSource Open(ExtractInput input, CancellationToken cancellation = default)
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
