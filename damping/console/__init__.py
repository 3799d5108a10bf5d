"""The desk: officers' and supervisors' web app. Its own process, port and cookie; shares nothing with the victim's pages."""
