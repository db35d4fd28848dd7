namespace RegisterEngine.Kernels;

/// <summary>Where in a field a reader of quoted text stands.</summary>
internal enum QuoteState : byte
{
    /// <summary>At the start of a field: a quote opens it.</summary>
    FieldStart,

    /// <summary>In text outside quotes: a quote is text.</summary>
    Text,

    /// <summary>Between quotes: only a quote matters.</summary>
    Inside,

    /// <summary>After a quote inside: another one makes the two a quote that is text, anything else has left the quotes.</summary>
    QuoteInside,
}

/// <summary>The rules of quotes, a byte at a time.</summary>
internal static class QuoteRules
{
    /// <summary>Takes one byte, and tells whether it ends a field.</summary>
    public static bool Step(this ref QuoteState state, byte next, Separators separators, byte quote)
    {
        if (state == QuoteState.Inside)
        {
            if (next == quote)
                state = QuoteState.QuoteInside;
            return false;
        }
        if (next == separators.Delimiter || next == separators.Newline)
        {
            state = QuoteState.FieldStart;
            return true;
        }
        bool opens = next == quote && state != QuoteState.Text;
        state = opens ? QuoteState.Inside : QuoteState.Text;
        return false;
    }
}
