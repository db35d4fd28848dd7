using Microsoft.Win32.SafeHandles;
using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Compression;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Arrow;

/// <summary>An Arrow IPC stream or file, opened to be read: its pieces are the record batches. Files are mapped into memory, and read without a copy where the layout allows.</summary>
public sealed class ArrowTable : ITable
{
    private readonly Lock _reading = new();
    private readonly MessageSource _source;
    private readonly DictionarySet _dictionaries;
    private readonly IReadOnlyList<ArrowField> _fields;
    private readonly List<int> _wanted;
    private readonly TableReadOptions _options;
    private int _pieces;
    private bool _isEnded;

    private ArrowTable(string name, MessageSource source, TableReadOptions options)
    {
        Name = name;
        _source = source;
        _options = options;
        ArrowSchema schema = source.ReadSchema();
        _fields = schema.Fields;
        Metadata = schema.Metadata;
        List<(ArrowField Field, int Place)> chosen = Projection.Of(
            name, [.. _fields.Select((field, place) => (field, place))], one => one.field.Field.Name, one => one.field.Refusal, options);
        _wanted = [.. chosen.Select(one => one.Place)];
        _dictionaries = new DictionarySet(chosen.Select(one => one.Field), options.Limit, source is MessageStream);
        Schema = new BatchSchema([.. chosen.Select(one => options.AllowsCodes || one.Field.DictionaryId is null ? one.Field.Field : PlainField(one.Field.Field))]);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public BatchSchema Schema { get; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; }

    /// <inheritdoc/>
    public long BytesRead => _source.BytesRead;

    /// <summary>Opens a file, which may be of the file format or hold a stream.</summary>
    /// <param name="path">The file. It must not change while it is read.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="ExtractException">It is no Arrow file, is damaged, or has a column that cannot be read.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static ArrowTable Open(string path, TableReadOptions? options = null)
    {
        options ??= new TableReadOptions();
        SafeFileHandle handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        Span<byte> magic = stackalloc byte[MessageFile.Magic.Length];
        bool isFile = RandomAccess.Read(handle, magic, 0) == magic.Length && magic.SequenceEqual(MessageFile.Magic);
        return Open(path, isFile ? new MessageFile(new MappedFile(handle), options.Limit) : new MessageStream(new FileStream(handle, FileAccess.Read, 1 << 16), options.Limit), options);
    }

    /// <summary>Reads a stream as it comes.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="stream">The stream; closed with the table.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="ExtractException">It is no Arrow stream, is damaged, or has a column that cannot be read.</exception>
    public static ArrowTable Open(string name, Stream stream, TableReadOptions? options = null)
    {
        options ??= new TableReadOptions();
        return Open(name, new MessageStream(stream, options.Limit), options);
    }

    /// <summary>Opens a file or stream that lies in memory, which must stay as it is.</summary>
    /// <exception cref="ExtractException">It is no Arrow data, is damaged, or has a column that cannot be read.</exception>
    public static ArrowTable Open(string name, Memory<byte> bytes, TableReadOptions? options = null)
    {
        options ??= new TableReadOptions();
        return bytes.Span.StartsWith(MessageFile.Magic)
            ? Open(name, new MessageFile(bytes, options.Limit), options)
            : Open(name, new MessageStream(Buffers.AsStream(bytes), options.Limit), options);
    }

    /// <inheritdoc/>
    public ITableReader NewReader() => new ArrowReader(this, _fields, _wanted, _options);

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    /// <summary>The next batch that no reader has, with the dictionaries as they are there; false where none is left.</summary>
    internal bool TryTake(ref Memory<byte> memory, out ArrowMessage message, out IReadOnlyDictionary<long, DictionaryValues> dictionaries, out int piece)
    {
        lock (_reading)
            try
            {
                message = default;
                while (!_isEnded && _source.TryNext(ref memory, out message))
                {
                    FlatTable header = FlatTable.Root(message.Metadata.Span);
                    int kind = header.Byte(1);
                    if (!header.TryTable(2, out FlatTable content) || kind is not (ArrowMessage.Dictionary or ArrowMessage.Batch))
                        throw new MalformedException($"a message is of kind {kind}, which is neither a batch nor a dictionary");
                    if (kind == ArrowMessage.Dictionary)
                    {
                        _dictionaries.Add(content, message.Body);
                        continue;
                    }
                    dictionaries = _dictionaries.Now;
                    piece = _pieces++;
                    return true;
                }
                _isEnded = true;
                dictionaries = _dictionaries.Now;
                piece = -1;
                return false;
            }
            catch (MalformedException e)
            {
                _isEnded = true;
                throw new ExtractException(Name, $"after {_pieces} batches: {e.Message}.", e);
            }
            catch (MissingLibraryException e)
            {
                _isEnded = true;
                throw new ExtractException(Name, e.Message, e);
            }
    }

    /// <summary>A column of codes as a column of what they stand for.</summary>
    internal static Field PlainField(Field field) => field with { Type = field.Type.Values! };

    private static ArrowTable Open(string name, MessageSource source, TableReadOptions options)
    {
        try
        {
            return new ArrowTable(name, source, options);
        }
        catch (MalformedException e)
        {
            source.Dispose();
            throw new ExtractException(name, $"{e.Message}.", e);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }
}
