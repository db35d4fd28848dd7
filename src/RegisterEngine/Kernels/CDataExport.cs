using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace RegisterEngine.Kernels;

/// <summary>Fills the structures of the Arrow C data interface. What they point to lives until the consumer calls their release callback.</summary>
internal static unsafe class CDataExport
{
    private static int _alive;

    /// <summary>How many structures have been filled and not released.</summary>
    public static int Alive => Volatile.Read(ref _alive);

    /// <summary>Fills a schema structure.</summary>
    public static void Fill(CSchemaNode node, CArrowSchema* target)
    {
        *target = default;
        target->Format = Text(node.Format);
        target->Name = Text(node.Name);
        target->Flags = node.Flags;
        target->ChildCount = node.Children.Count;
        target->Children = (CArrowSchema**)Pointers(node.Children.Count);
        for (int i = 0; i < node.Children.Count; i++)
            Fill(node.Children[i], target->Children[i] = New<CArrowSchema>());
        if (node.Dictionary is { } dictionary)
            Fill(dictionary, target->Dictionary = New<CArrowSchema>());
        target->Release = &Release;
        Interlocked.Increment(ref _alive);
    }

    /// <summary>Fills an array structure; buffers are pinned, not copied.</summary>
    public static void Fill(CArrayNode node, CArrowArray* target)
    {
        *target = default;
        target->Length = node.Length;
        target->NullCount = node.NullCount;
        target->BufferCount = node.Buffers.Count;
        target->Buffers = Pointers(node.Buffers.Count);
        var pins = new MemoryHandle[node.Buffers.Count];
        for (int i = 0; i < pins.Length; i++)
            if (node.Buffers[i] is { } buffer)
            {
                pins[i] = buffer.Pin();
                target->Buffers[i] = pins[i].Pointer;
            }
        target->ChildCount = node.Children.Count;
        target->Children = (CArrowArray**)Pointers(node.Children.Count);
        for (int i = 0; i < node.Children.Count; i++)
            Fill(node.Children[i], target->Children[i] = New<CArrowArray>());
        if (node.Dictionary is { } dictionary)
            Fill(dictionary, target->Dictionary = New<CArrowArray>());
        // The node too is kept, and with it the memory that it names.
        target->PrivateData = (void*)GCHandle.ToIntPtr(GCHandle.Alloc((node, pins)));
        target->Release = &Release;
        Interlocked.Increment(ref _alive);
    }

    /// <summary>Fills a stream structure.</summary>
    public static void Fill(ICStreamSource source, CArrowStream* target)
    {
        *target = default;
        target->PrivateData = (void*)GCHandle.ToIntPtr(GCHandle.Alloc(new StreamState(source)));
        target->GetSchema = &GetSchema;
        target->GetNext = &GetNext;
        target->GetLastError = &GetLastError;
        target->Release = &Release;
        Interlocked.Increment(ref _alive);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(CArrowSchema* schema)
    {
        for (long i = 0; i < schema->ChildCount; i++)
            Free(schema->Children[i]);
        if (schema->Dictionary is not null)
            Free(schema->Dictionary);
        NativeMemory.Free(schema->Format);
        NativeMemory.Free(schema->Name);
        NativeMemory.Free(schema->Children);
        schema->Release = null;
        Interlocked.Decrement(ref _alive);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(CArrowArray* array)
    {
        for (long i = 0; i < array->ChildCount; i++)
            Free(array->Children[i]);
        if (array->Dictionary is not null)
            Free(array->Dictionary);
        GCHandle handle = GCHandle.FromIntPtr((nint)array->PrivateData);
        foreach (MemoryHandle pin in (((CArrayNode, MemoryHandle[]))handle.Target!).Item2)
            pin.Dispose();
        handle.Free();
        NativeMemory.Free(array->Buffers);
        NativeMemory.Free(array->Children);
        array->Release = null;
        Interlocked.Decrement(ref _alive);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(CArrowStream* stream)
    {
        GCHandle handle = GCHandle.FromIntPtr((nint)stream->PrivateData);
        ((StreamState)handle.Target!).Dispose();
        handle.Free();
        stream->Release = null;
        Interlocked.Decrement(ref _alive);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetSchema(CArrowStream* stream, CArrowSchema* target) => StateOf(stream).Guard(source => Fill(source.Schema, target));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GetNext(CArrowStream* stream, CArrowArray* target) => StateOf(stream).Guard(source =>
    {
        // A structure that is released already says that there are no more.
        *target = default;
        if (source.Next() is { } batch)
            Fill(batch, target);
    });

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte* GetLastError(CArrowStream* stream) => StateOf(stream).Error;

    private static StreamState StateOf(CArrowStream* stream) => (StreamState)GCHandle.FromIntPtr((nint)stream->PrivateData).Target!;

    // The consumer may have moved a child elsewhere, and then marked it as released here.
    private static void Free(CArrowSchema* child)
    {
        if (child->Release is not null)
            child->Release(child);
        NativeMemory.Free(child);
    }

    private static void Free(CArrowArray* child)
    {
        if (child->Release is not null)
            child->Release(child);
        NativeMemory.Free(child);
    }

    private static T* New<T>()
        where T : unmanaged => (T*)NativeMemory.AllocZeroed((nuint)sizeof(T));

    private static void** Pointers(int count) => count == 0 ? null : (void**)NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(void*));

    private static byte* Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }

    /// <summary>A stream that a consumer holds: no exception leaves it, only an error code and a text.</summary>
    private sealed class StreamState(ICStreamSource source) : IDisposable
    {
        private const int InputOutputError = 5;

        public byte* Error { get; private set; }

        public int Guard(Action<ICStreamSource> action)
        {
            NativeMemory.Free(Error);
            Error = null;
            try
            {
                action(source);
                return 0;
            }
            catch (Exception e)
            {
                Error = Text(e.Message);
                return InputOutputError;
            }
        }

        public void Dispose()
        {
            NativeMemory.Free(Error);
            Error = null;
            source.Dispose();
        }
    }
}
