using RegisterEngine.Sources.Compression;

namespace RegisterEngine.Sources.Arrow;

/// <summary>Walks through the nodes and buffers of a batch, column by column.</summary>
internal ref struct BatchParts
{
    private readonly FlatSequence _nodes;
    private readonly FlatSequence _buffers;
    private readonly FlatSequence _views;
    private int _node;
    private int _buffer;
    private int _view;
    private int _nextNode;
    private int _nextBuffer;

    public BatchParts(FlatTable batch)
    {
        _nodes = batch.Sequence(1, 16);
        _buffers = batch.Sequence(2, 16);
        _views = batch.Sequence(4, 8);
    }

    /// <summary>Rows of the column, as its node says.</summary>
    public readonly long Rows => _nodes.Int64(_node);

    /// <summary>Rows without a value, as its node says.</summary>
    public readonly long Nulls => _nodes.Int64(_node, 1);

    /// <summary>Buffers beyond the usual ones, to which views lead.</summary>
    public int Extra { get; private set; }

    /// <summary>Goes to the next column.</summary>
    /// <exception cref="MalformedException">The batch has too few parts.</exception>
    public void Enter(ArrowField field)
    {
        (_node, _buffer) = (_nextNode, _nextBuffer);
        long extra = 0;
        for (int i = 0; i < field.Views; i++)
        {
            long more = _view < _views.Count ? _views.Int64(_view++) : -1;
            if (more < 0 || more > _buffers.Count)
                throw Few(field);
            extra += more;
        }
        if (_node + field.Nodes > _nodes.Count || _buffer + field.Buffers + extra > _buffers.Count)
            throw Few(field);
        Extra = (int)extra;
        _nextNode = _node + field.Nodes;
        _nextBuffer = _buffer + field.Buffers + Extra;
    }

    /// <summary>Where a buffer of the column stands.</summary>
    public readonly (long At, long Length) Buffer(int place) => (_buffers.Int64(_buffer + place), _buffers.Int64(_buffer + place, 1));

    private static MalformedException Few(ArrowField field) => new($"column '{field.Field.Name}': the batch has fewer parts than its columns need");
}
