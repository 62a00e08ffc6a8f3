using PresignKit;

namespace WebApi.Tests;

/// <summary>A class of an application, from docs/testing.md. It needs a link, but no store.</summary>
internal sealed class InvoiceMail(IPresigner presigner)
{
    public string Write(int number)
    {
        PresignedUrl link = presigner.Presign(new GetObject($"invoices/{number}.pdf") { ExpiresIn = TimeSpan.FromDays(7) });
        return FormattableString.Invariant($"Your invoice, until {link.ExpiresAt:yyyy-MM-dd}: {link.Url}");
    }
}
