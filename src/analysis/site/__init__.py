"""The report as a site that is read from the disk: answers, figures, notebooks, evidence, claims, methods, modules.

:func:`analysis.site.build.build_site` writes pages for Sphinx from the record, the evidence and the executed notebooks,
and has Sphinx make the site. Nothing is computed here that a notebook does not print, and nothing in the site asks
anything of the network.
"""
